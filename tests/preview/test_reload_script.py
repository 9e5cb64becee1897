from site_gen.preview.reload_script import Label, inject, load_client

LABEL = Label(page='a/"x".html', etag='"1"', state="s:1", client="c")


def test_the_script_stands_at_the_end_of_the_head() -> None:
    html = inject(b"<html><head><title>t</title></HEAD ><body></head></body>", LABEL)
    before, _, after = html.partition(b"<script")
    assert before == b"<html><head><title>t</title>"
    assert after.endswith(b"></script></HEAD ><body></head></body>")
    assert b'src="/.site_gen/preview.js?c"' in html


def test_a_page_without_head_gets_it_at_its_end() -> None:
    assert inject(b"<p>x", LABEL).startswith(b"<p>x<script ")


def test_names_are_escaped() -> None:
    assert b'data-page="a/&quot;x&quot;.html"' in inject(b"", LABEL)


def test_the_client_is_of_one_version() -> None:
    client = load_client()
    assert {"preview.js", "worker.js", "morph.js", "overlay.js", "hints.js"} == set(client.files)
    assert client == load_client()
