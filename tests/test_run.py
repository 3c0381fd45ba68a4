"""run.py: what it says, when it sets up, and that two starts wait for one another. Nothing is ever installed here."""

from __future__ import annotations

import ast
import errno
import importlib.util
import json
import os
import subprocess
import sys

import pytest

# What pip and the system say (texts of pip 23 to 25 and of Windows and Linux), and words of the remedy.
SAID = [
    ("SSLError(SSLCertVerificationError(1, '[SSL: CERTIFICATE_VERIFY_FAILED] certificate verify failed: self-signed certificate", "PIP_CERT"),
    (
        "Could not fetch URL https://index.example/simple/: There was a problem confirming the ssl certificate: self signed certificate in chain",
        "PIP_CERT",
    ),
    ("WARNING: Retrying ... after connection broken by 'ProxyError('Cannot connect to proxy.', NewConnectionError('<pip", "HTTPS_PROXY"),
    ("OSError: Tunnel connection failed: 407 Proxy Authentication Required", "HTTPS_PROXY"),
    ("ERROR: Could not install packages due to an OSError: [Errno 28] No space left on device", "The disk is full"),
    ("OSError: [WinError 112] There is not enough space on the disk", "The disk is full"),
    ("ERROR: THESE PACKAGES DO NOT MATCH THE HASHES FROM THE REQUIREMENTS FILE.", "not the one requirements.txt expects"),
    (
        "NameResolutionError: Failed to resolve 'index.example' ([Errno -3] Temporary failure in name resolution)\n"
        "ERROR: Could not find a version that satisfies the requirement numpy==2.4.6\nERROR: No matching distribution found for numpy==2.4.6",
        "no connection to the internet",
    ),
    (
        "pip._vendor.urllib3.exceptions.ReadTimeoutError: HTTPSConnectionPool(host='files.example'): Read timed out.",
        "no connection to the internet",
    ),
    ("ConnectionResetError: [Errno 104] Connection reset by peer", "no connection to the internet"),
    (
        "[WinError 10061] No connection could be made because the target machine actively refused it: NewConnectionError",
        "no connection to the internet",
    ),
    ("OSError: [Errno 36] File name too long: '/home/x'", "path of this folder is too long"),
    ("FileNotFoundError: [WinError 206] The filename or extension is too long", "path of this folder is too long"),
    ("HINT: This error might have occurred since this system does not have Windows Long Path support enabled. See enable-long-paths", "is too long"),
    ("PermissionError: [WinError 5] Access is denied: 'C:\\\\x\\\\.venv'", "Close JupyterLab"),
    ("PermissionError: [Errno 13] Permission denied: '/x/.venv/lib'", "Close JupyterLab"),
    ("[WinError 32] The process cannot access the file because it is being used by another process", "Close JupyterLab"),
    (
        "ERROR: Could not find a version that satisfies the requirement numpy==2.4.6 (from versions: 1.0)",
        "no ready-made package for this version of Python",
    ),
    ("ERROR: No matching distribution found for pandas==3.1.1", "no ready-made package for this version of Python"),
    ("Segmentation fault", "not one that Synopsis knows"),
    ("", "not one that Synopsis knows"),
]


@pytest.fixture
def run(root, tmp_path, monkeypatch):
    """run.py as a module that believes to stand in an empty folder."""
    spec = importlib.util.spec_from_file_location("run_under_test", root / "run.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    place = tmp_path / "synopsis"
    place.mkdir()
    for name, value in {
        "ROOT": place,
        "VENV": place / ".venv",
        "STAMP": place / ".venv" / "synopsis-setup.json",
        "LOCK": place / "requirements.txt",
        "LOG": place / "setup.log",
        "PYTHON": sys.executable,
    }.items():
        monkeypatch.setattr(module, name, str(value))
    monkeypatch.setattr(module, "make_venv", lambda: pytest.fail("a test must not make an environment"))
    monkeypatch.setattr(module, "pip_install", lambda *arguments: pytest.fail("a test must not install"))
    return module


@pytest.fixture
def packages(run):
    """A finished set-up with two packages, as `set_up` leaves it."""
    folder = run.os.path.join(run.VENV, *(("Lib",) if run.WINDOWS else ("lib", "python3.11")), "site-packages")
    for name in ("numpy", "numpy-1.dist-info", "__pycache__"):
        os.makedirs(os.path.join(folder, name))
    for name in ("requirements.txt", "pyproject.toml"):
        with open(os.path.join(run.ROOT, name), "w", encoding="utf-8") as file:
            file.write("numpy==1\n# == in a remark\n")
    with open(run.STAMP, "w", encoding="utf-8") as file:
        json.dump({"fingerprint": run.fingerprint(), "installed": run.installed()}, file)
    return folder


@pytest.mark.parametrize(("said", "remedy"), SAID, ids=[said[:40] or "nothing" for said, _ in SAID])
def test_what_pip_says_is_explained(run, said, remedy):
    assert remedy in run.explain(f"Collecting numpy\n  {said}\n")


def test_every_remedy_is_tried(run):
    assert {next((n for n, (pattern, _) in enumerate(run.REMEDIES) if run.explain(said) == run.REMEDIES[n][1]), None) for said, _ in SAID} == {
        None,
        *range(len(run.REMEDIES)),
    }


def test_a_finished_set_up_is_ready(run, packages):
    assert run.is_ready()
    assert run.installed() == ["numpy", "numpy-1.dist-info"]


def test_nothing_is_ready_in_an_empty_folder(run):
    assert not run.is_ready()


@pytest.mark.parametrize(("name", "ready"), [("requirements.txt", False), ("pyproject.toml", True)])
def test_only_a_changed_lock_is_a_reason_to_set_up_again(run, packages, name, ready):
    """Contract: it "reinstalls only when the lock changed"."""
    with open(os.path.join(run.ROOT, name), "a", encoding="utf-8") as file:
        file.write("pandas==3\n")
    assert run.is_ready() is ready


def test_a_deleted_package_or_lock_or_python_is_not_ready(run, packages, monkeypatch):
    with monkeypatch.context() as moment:
        moment.setattr(run, "PYTHON", os.path.join(run.VENV, "bin", "gone"))
        assert not run.is_ready()
    os.rmdir(os.path.join(packages, "numpy"))
    assert not run.is_ready()
    os.mkdir(os.path.join(packages, "numpy"))
    assert run.is_ready()
    os.remove(run.LOCK)
    assert not run.is_ready()


@pytest.mark.parametrize("stamp", ["", "{", "[]", "null", "{}", '{"fingerprint": 1}', "half", "\x00"])
def test_a_broken_stamp_is_not_ready(run, packages, stamp):
    with open(run.STAMP, "r+", encoding="utf-8") as file:
        whole = file.read()
        file.seek(0)
        file.truncate()
        file.write(whole[: len(whole) // 2] if stamp == "half" else stamp)
    assert not run.is_ready()


def test_a_moved_folder_is_not_ready(run, packages, tmp_path, monkeypatch):
    """An environment holds absolute paths: moved elsewhere it must be made anew."""
    moved = str(tmp_path / "moved")
    os.rename(run.ROOT, moved)
    for name in ("VENV", "STAMP", "LOCK", "ROOT"):
        monkeypatch.setattr(run, name, moved + getattr(run, name).removeprefix(str(tmp_path / "synopsis")))
    assert os.path.exists(run.STAMP) and run.installed() and not run.is_ready()


def test_a_place_that_can_be_written_is_left_as_it_was(run):
    run.check_place()
    assert os.listdir(run.ROOT) == []


@pytest.mark.parametrize(
    ("error", "words"),
    [
        (PermissionError(errno.EACCES, "Permission denied"), "may not write into its own folder"),
        (OSError(errno.EROFS, "Read-only file system"), "may not write into its own folder"),
        (OSError(errno.ENOSPC, "No space left on device"), "The disk is full"),
    ],
)
def test_a_place_that_cannot_be_written_is_told(run, monkeypatch, capsys, error, words):
    def refuse(*arguments, **options):
        raise error

    monkeypatch.setattr(run, "open", refuse, raising=False)
    with pytest.raises(run.SetupError, match=words):
        run.check_place()
    assert run.main(["figures"]) == 1
    assert words in capsys.readouterr().err


def test_a_path_that_cannot_work_is_told(run, monkeypatch):
    with monkeypatch.context() as moment:
        moment.setattr(run, "ROOT", f"/a{os.pathsep}b")
        with pytest.raises(run.SetupError, match="Rename the folder"):
            run.check_place()
    monkeypatch.setattr(run, "WINDOWS", True)
    monkeypatch.setattr(run, "ROOT", "C:\\" + "x" * 88)  # 91 characters
    with pytest.raises(run.SetupError, match="has 91 characters"):
        run.check_place()


@pytest.mark.skipif(os.name == "nt", reason="The second attempt on the lock is made with flock, which Windows does not have.")
def test_one_set_up_at_a_time(run):
    import fcntl

    path = os.path.join(run.ROOT, ".setup-lock")
    with run.one_at_a_time(), open(path, "rb") as second, pytest.raises(BlockingIOError):
        fcntl.flock(second, fcntl.LOCK_EX | fcntl.LOCK_NB)
    with open(path, "rb") as second:  # free again afterwards
        fcntl.flock(second, fcntl.LOCK_EX | fcntl.LOCK_NB)


@pytest.mark.parametrize(("ready", "set_ups"), [([True], 0), ([False, True], 0), ([False, False], 1)])
def test_a_start_that_waited_does_not_set_up_again(run, monkeypatch, ready, set_ups):
    """Asked before the lock and again inside it; the command and its arguments are handed on, and its exit code comes back."""
    answers, made, called = iter(ready), [], []
    monkeypatch.setattr(run, "is_ready", lambda: next(answers))
    monkeypatch.setattr(run, "set_up", lambda: made.append(1))
    monkeypatch.setattr(run.subprocess, "call", lambda command, env: called.append((command, env)) or 7)
    monkeypatch.setenv("PYTHONPATH", "/elsewhere")
    assert run.main(["check", "a b.csv"]) == 7
    assert len(made) == set_ups and next(answers, None) is None
    ((command, environment),) = called
    assert command == [sys.executable, "-m", "helpers", "check", "a b.csv"]
    assert "PYTHONPATH" not in environment and environment["PYTHONNOUSERSITE"] == "1"


def test_an_interrupted_or_failed_set_up_is_told_without_a_traceback(run, monkeypatch, capsys):
    monkeypatch.setattr(run, "is_ready", lambda: False)
    for error, code, words in ((KeyboardInterrupt(), 130, "Stopped"), (OSError(errno.ENOSPC, "No space left on device"), 1, "The disk is full")):

        def fail(error=error):
            raise error

        monkeypatch.setattr(run, "set_up", fail)
        assert run.main([]) == code
        assert words in capsys.readouterr().err


def test_an_old_python_is_told_before_anything_else(root, monkeypatch):
    """The source must be readable for an old Python (ASCII, syntax of 3.4), and check the version before it imports more."""
    source = (root / "run.py").read_bytes()
    tree = ast.parse(source.decode("ascii"), feature_version=(3, 4))
    _, future, first, check, *_ = tree.body
    assert (future.module, [name.name for name in first.names]) == ("__future__", ["sys"]) and isinstance(check, ast.If)
    assert not any(isinstance(node, (ast.JoinedStr, ast.NamedExpr, ast.AnnAssign)) for node in ast.walk(tree))
    monkeypatch.setattr(sys, "version_info", (3, 8, 10, "final", 0))
    with pytest.raises(SystemExit, match=r"Python 3\.11 or newer, and this is Python 3\.8\.(?s:.*)python3\.12 run\.py figures"):
        exec(compile(source, "run.py", "exec"), {"__name__": "__main__", "__file__": str(root / "run.py")})


def test_it_needs_only_the_standard_library(root):
    """Started without any package folder (-S) and isolated (-I), it is read to its end: `main` is there."""
    code = "import runpy, sys; print(callable(runpy.run_path(sys.argv[1])['main']))"
    done = subprocess.run([sys.executable, "-I", "-S", "-c", code, str(root / "run.py")], capture_output=True, text=True, check=True)
    assert done.stdout == "True\n" and done.stderr == ""
