"""The three extractors whose results are compared, as functions from HTML to lines."""

import logging
import warnings
from collections.abc import Callable

from site_gen.convert.html import blocks, tree
from site_gen.convert.html.libraries import library


def trafilatura(page: str) -> str:
    """The article by trafilatura's fast mode, "" if there is none."""
    extract = library("trafilatura").extract
    return str(_quietly(lambda: extract(page, include_comments=False, fast=True)) or "")


def readability(page: str) -> str:
    """The article by readability, one line for each block."""
    document = library("readability").Document
    summary = str(_quietly(lambda: document(page).summary(html_partial=True)) or "")
    return _lines(summary) if summary.strip() else ""


def resiliparse(page: str) -> str:
    """The article by resiliparse."""
    extract_plain_text = library("resiliparse.extract.html2text").extract_plain_text
    return str(
        _quietly(
            lambda: extract_plain_text(
                page,
                main_content=True,
                alt_texts=False,
                links=False,
                list_bullets=False,
                comments=False,
            )
        )
        or ""
    )


def _quietly(extract: Callable[[], object]) -> object:
    """An extractor's result, None if it fails; the others still count.

    On broken pages they raise almost anything, and they log warnings as the root logger.
    """
    before = logging.root.manager.disable
    logging.disable(logging.CRITICAL)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return extract()
    except Exception:
        return None
    finally:
        logging.disable(before)


def _lines(summary: str) -> str:
    root = tree.parse(summary, "")
    blocks.settle(root)
    return "\n".join(block.text for block in blocks.found(root) if block.text)
