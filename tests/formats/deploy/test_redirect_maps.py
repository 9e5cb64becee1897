"""Rules of other servers: what they are made of, and what real servers answer by them."""

import http.client
import os
import shlex
import shutil
import socket
import subprocess
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from urllib.parse import unquote

import pytest

from site_gen.formats.deploy import redirect_maps as maps

RULES = """\
# ours and the site's own
/old/ /new/ 301
/latest/ /editions/2024-W07/ 302
/%C3%BC%20b/ /articles/a/ 301
/it's("x"$1)[z]/ /%C3%BCber/ 301
/2019/a.html https://elsewhere.example/a?b=c&d=$e 301
/old /never/ 301
/a/* /b/:splat 301
/who id=:id /articles/:id/ 301
/app /index.html 200
"""
ASKED = [
    ("/old/", 301, "/new/"),
    ("/old", 301, "/new/"),
    ("/latest/", 302, "/editions/2024-W07/"),
    ("/%C3%BC%20b/", 301, "/articles/a/"),
    ("/%C3%BC%20b", 301, "/articles/a/"),
    ("/it's(%22x%22$1)[z]/", 301, "/über/"),
    ("/2019/a.html", 301, "https://elsewhere.example/a?b=c&d=$e"),
    ("/older/", 0, ""),
    ("/x/old/", 0, ""),
    ("/2019/aXhtml", 0, ""),
]


def found(text: str = RULES, pages: tuple[str, ...] = ()) -> maps.Moves:
    return maps.parse_moves(text, lambda path: path in pages)


def test_plain_rules_are_taken_and_others_named() -> None:
    made = found()
    assert [move.source for move in made.moves] == [
        *("/old/", "/latest/", "/ü b/", '/it\'s("x"$1)[z]/', "/2019/a.html")
    ]
    assert [line.split()[0] for line in made.others] == ["/a/*", "/who", "/app"]


def test_a_page_wins_over_a_rule_that_is_not_forced() -> None:
    text = "/a/ /x/ 301\n/b/ /x/ 301!\n"
    assert [move.source for move in found(text, ("/a/", "/b/")).moves] == ["/b/"]


def test_a_path_that_breaks_lines_is_no_rule() -> None:
    made = found("/a%0A/ /x/ 301\n/ /x/ 301\n")
    assert (made.moves, len(made.others)) == ((), 2)


def test_commands_for_s3_name_keys_without_the_root() -> None:
    lines = list(maps.s3(found("/digest/it's/ /x/ 301\n").moves, "/digest", "sub"))
    words = shlex.split(lines[0])
    assert words[words.index("--key") + 1] == "sub/it's/index.html"
    assert words[words.index("--website-redirect-location") + 1] == "/x/"


def free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


def answer(port: int, path: str) -> tuple[int, str]:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
    connection.request("GET", path)
    response = connection.getresponse()
    location = response.getheader("Location", "")
    connection.close()
    status = response.status if response.status in maps.STATUSES else 0
    return status, unquote(location).removeprefix(f"http://127.0.0.1:{port}")


@contextmanager
def running(words: list[str], port: int, folder: Path) -> Iterator[None]:
    """The server, from when it answers."""
    env = {**os.environ, "XDG_CONFIG_HOME": str(folder), "XDG_DATA_HOME": str(folder)}
    process = subprocess.Popen(
        words, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, env=env, cwd=folder
    )
    try:
        while process.poll() is None:
            with suppress(OSError), socket.create_connection(("127.0.0.1", port), 1):
                break
        assert process.poll() is None, process.stderr and process.stderr.read()
        yield
    finally:
        process.terminate()
        process.communicate(timeout=20)


def nginx(folder: Path, port: int) -> list[str]:
    (folder / "map.conf").write_text("\n".join(maps.nginx(found().moves)), "utf-8")
    (folder / "nginx.conf").write_text(f"""
daemon off; pid {folder}/pid; error_log {folder}/error.log;
events {{ }}
http {{ access_log off;
  client_body_temp_path {folder}/1; proxy_temp_path {folder}/2; fastcgi_temp_path {folder}/3;
  uwsgi_temp_path {folder}/4; scgi_temp_path {folder}/5;
  server {{ listen 127.0.0.1:{port}; root {folder}/site; include {folder}/map.conf; }} }}
""")
    words = ["nginx", "-c", f"{folder}/nginx.conf", "-p", str(folder), "-e", f"{folder}/error.log"]
    tried = subprocess.run([*words, "-t"], capture_output=True, text=True, check=False)
    assert tried.returncode == 0, tried.stderr
    return words


def caddy(folder: Path, port: int) -> list[str]:
    (folder / "map").write_text("\n".join(maps.caddy(found().moves)) + "\n", "utf-8")
    (folder / "Caddyfile").write_text(
        f"{{\n admin off\n auto_https off\n}}\nhttp://127.0.0.1:{port} {{\n"
        f" root * {folder}/site\n import {folder}/map\n file_server\n}}\n"
    )
    return ["caddy", "run", "--config", f"{folder}/Caddyfile", "--adapter", "caddyfile"]


def apache(folder: Path, port: int) -> list[str]:
    (folder / "map").write_text("\n".join(maps.apache(found().moves)), "utf-8")
    modules = Path("/usr/lib/apache2/modules")
    loaded = "".join(
        f"LoadModule {name}_module {modules}/mod_{name}.so\n"
        for name in ("mpm_event", "alias", "authz_core")
    )
    (folder / "apache.conf").write_text(
        f"{loaded}ServerName 127.0.0.1:{port}\nServerRoot {folder}\nListen 127.0.0.1:{port}\n"
        f"PidFile {folder}/pid\nErrorLog {folder}/error.log\nDocumentRoot {folder}/site\n"
        f"DefaultRuntimeDir {folder}\nInclude {folder}/map\n"
    )
    return ["apache2", "-X", "-f", f"{folder}/apache.conf"]


@pytest.mark.parametrize("server", [nginx, caddy, apache], ids=lambda server: server.__name__)
def test_a_real_server_answers_by_them(
    server: Callable[[Path, int], list[str]], tmp_path: Path
) -> None:
    program = "apache2" if server is apache else server.__name__
    if shutil.which(program) is None:
        pytest.skip(f"no {program} here")
    (tmp_path / "site").mkdir()
    tmp_path.chmod(0o755)
    port = free_port()
    with running(server(tmp_path, port), port, tmp_path):
        given = [(path, *answer(port, path)) for path, _, _ in ASKED]
    assert given == ASKED
