"""The files of the index: packed lists, fields, buckets."""

import gzip
import json
import random
from itertools import accumulate

import pytest
from hypothesis import given
from hypothesis import strategies as st

from site_gen.formats.search.shards import (
    ALPHABET,
    build_postings,
    encode_json,
    encode_shards,
    pack_numbers,
)
from site_gen.formats.search.terms import bucket_prefix, group_terms, hash_prefix


def unpacked(text: str, count: int) -> list[int]:
    """The numbers of a packed list."""
    numbers, following, gap, shift = [], 0, 0, 0
    for character in text.removeprefix("!"):
        value = ALPHABET.index(character)
        gap += (value & 31) << shift
        shift += 5
        if value < 32:
            numbers.append(following + gap)
            following, gap, shift = numbers[-1] + 1, 0, 0
    return [n for n in range(count) if n not in numbers] if text.startswith("!") else numbers


@given(
    st.integers(1, 3000).flatmap(lambda n: st.tuples(st.just(n), st.sets(st.integers(0, n - 1))))
)
def test_packed_lists_come_back(case: tuple[int, set[int]]) -> None:
    count, numbers = case
    assert unpacked(pack_numbers(sorted(numbers), count), count) == sorted(numbers)


@pytest.mark.parametrize(
    ("numbers", "count", "text"),
    [
        ([], 5, ""),
        ([0], 5, "A"),
        ([0, 1], 5, "AA"),
        ([31], 99, "f"),
        ([32], 99, "gB"),
        ([0, 1, 2, 3, 4], 5, "!"),
        ([0, 1, 3, 4], 5, "!C"),
    ],
)
def test_packed(numbers: list[int], count: int, text: str) -> None:
    assert pack_numbers(numbers, count) == text


def test_a_text_is_listed_under_its_best_field() -> None:
    texts = [
        group_terms("Tides", "Tides and moons", "<p>Tides, moons, ebb.</p>"),
        group_terms("Nothing", "", ""),
        group_terms("Moons", "", "<p>Ebb.</p>"),
    ]
    found = build_postings([text.lines for text in texts])
    assert found["tides"] == ([0], [], [])
    assert found["moons"] == ([2], [0], [])
    assert found["ebb"] == ([], [], [0, 2])


def test_every_term_stands_in_the_shard_of_its_beginning() -> None:
    text = group_terms("one two three four five six seven eight nine ten", "", "")
    made = encode_shards(build_postings([text.lines]), 1, 4)
    assert sorted(made) == [0, 1, 2, 3]
    for number, data in made.items():
        for term, lists in json.loads(data).items():
            assert hash_prefix(bucket_prefix(term)) % 4 == number
            assert lists == "!"


def test_files_are_utf_8_json_with_legal_characters() -> None:
    assert encode_json({"京": "a\x0bb"}) == '{"京":"a\\u000bb"}\n'.encode()


def test_a_query_at_ten_thousand_articles_is_light() -> None:
    """A tenth of them, with a vocabulary as uneven as that of prose, stands for all."""
    chance = random.Random(7)
    letters = "etaoinshrdlucmfwyp"
    words = ["".join(chance.choices(letters, k=chance.randint(2, 9))) for _ in range(30000)]
    ranks = list(accumulate(1 / (n + 3) for n in range(len(words))))
    bodies = [" ".join(chance.choices(words, cum_weights=ranks, k=450)) for _ in range(1000)]
    lines = [group_terms(body[:60], body[60:200], body).lines for body in bodies]
    made = encode_shards(build_postings(lines), len(lines), 128).values()
    sizes = sorted(10 * len(gzip.compress(data, 6, mtime=0)) for data in made)
    assert sum(sizes) / len(sizes) < 40_000
    assert sizes[-1] < 60_000
