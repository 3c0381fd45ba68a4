"""Set Synopsis up and run it, on a machine that has only Python.

    python3 run.py figures      (Windows: py run.py figures)
    python3 run.py test
    python3 run.py lab

The first start makes a folder .venv beside this file and installs there, and nowhere else, exactly the packages that
requirements.txt names (each checked against its hash). Later starts use it as it is. Everything after `run.py` is handed to the
command `synopsis`; paths stay relative to the folder you are in.

This file uses the standard library only, and no syntax that an old Python could not read: the first thing it does is to
say so if Python is too old.
"""

from __future__ import print_function

import sys

if sys.version_info < (3, 11):
    sys.exit(
        "Synopsis needs Python 3.11 or newer, and this is Python %d.%d.\n"
        "Install a newer Python from python.org (on Windows also: winget install Python.Python.3.12) and start again with it,\n"
        "for example: python3.12 run.py figures (Windows: py -3.12 run.py figures)." % sys.version_info[:2]
    )

import contextlib
import errno
import hashlib
import json
import os
import re
import shutil
import subprocess
import time

WINDOWS = os.name == "nt"
ROOT = os.path.dirname(os.path.abspath(__file__))
VENV = os.path.join(ROOT, ".venv")
PYTHON = os.path.join(VENV, "Scripts", "python.exe") if WINDOWS else os.path.join(VENV, "bin", "python")
WAITING = "Another start is setting Synopsis up; waiting for it."
OLD = VENV + "-old"
STAMP = os.path.join(VENV, "synopsis-setup.json")
LOCK = os.path.join(ROOT, "requirements.txt")
LOG = os.path.join(ROOT, "setup.log")
LONGEST_WINDOWS_ROOT = 90  # the deepest file of JupyterLab adds about 165 characters, Windows allows 260


class SetupError(Exception):
    """The set-up cannot go on; the message says why and what to do."""


# What pip says, and what the user can do about it. The first pattern found in pip's output decides.
REMEDIES = [
    (
        r"CERTIFICATE_VERIFY_FAILED|SSLError|SSL: |self.signed certificate",
        "A secure connection could not be checked. This is usual where a company or hospital inspects web traffic with a certificate of its\n"
        "own. Ask your IT department for that certificate as a .pem file, then set the variable PIP_CERT to its path and start again:\n"
        "  Linux, macOS:  export PIP_CERT=/path/to/certificate.pem\n"
        "  Windows:       set PIP_CERT=C:\\path\\to\\certificate.pem",
    ),
    (
        r"ProxyError|407 Proxy|Cannot connect to proxy|Tunnel connection failed",
        "The connection through your network's proxy failed. Ask your IT department for the proxy's address, then set the variable\n"
        "HTTPS_PROXY to it (for example http://proxy.example.org:8080) and start again.",
    ),
    (
        r"No space left on device|Errno 28|not enough space on the disk|WinError 112",
        "The disk is full. Synopsis needs about 1 GB. Free some space and start again.",
    ),
    (
        r"DO NOT MATCH THE HASHES|HashMismatch|hash mismatch",
        "A downloaded file is not the one requirements.txt expects, so it was not installed. Start again; if it happens again, your network\n"
        "changes or cuts short what it downloads: try another network.",
    ),
    (
        r"NewConnectionError|NameResolutionError|Temporary failure in name resolution|getaddrinfo failed|nodename nor servname"
        r"|Network is unreachable|ConnectTimeout|ReadTimeout|Read timed out|Connection (?:refused|reset|aborted)|RemoteDisconnected",
        "The packages could not be downloaded: there seems to be no connection to the internet. The first start needs one (about 250 MB);\n"
        "later starts do not. Connect and start again.",
    ),
    (
        r"WinError 206|File name too long|filename or extension is too long|enable-long-paths",
        "The path of this folder is too long. Move the whole Synopsis folder nearer to the top of the disk (for example C:\\synopsis) and start\n"
        "again.",
    ),
    (
        r"WinError 5\b|WinError 32|Access is denied|Permission denied|Read-only file system|being used by another process",
        "A file in the folder .venv could not be written. Close JupyterLab and every other window that uses Synopsis, check that you may write\n"
        "into this folder, and start again.",
    ),
    (
        r"No matching distribution found|Could not find a version",
        "There is no ready-made package for this version of Python (%d.%d) on this computer, or the package index that your\n"
        "computer uses does not hold it.\n"
        "Install Python 3.11, 3.12 or 3.13 (64 bit) and start again with it." % sys.version_info[:2],
    ),
]


def explain(pip_output):
    """The remedy for what pip said, or a pointer to the whole log."""
    for pattern, remedy in REMEDIES:
        if re.search(pattern, pip_output, re.IGNORECASE):
            return remedy
    return "The reason is not one that Synopsis knows."


def fingerprint():
    """What the environment must have been made from: the lock, and its place on the disk."""
    with open(LOCK, "rb") as file:
        return hashlib.sha256(os.fsencode(VENV) + file.read()).hexdigest()


def installed():
    """The names in the environment's package folder, two floors deep: a package that was deleted, whole or in part, shows."""
    folder = os.path.join(VENV, "Lib", "site-packages")
    if not WINDOWS:
        lib = os.path.join(VENV, "lib")
        folder = os.path.join(lib, next(name for name in sorted(os.listdir(lib)) if name.startswith("python")), "site-packages")
    names = []
    for entry in os.scandir(folder):
        names.append(entry.name)
        if entry.is_dir():
            names += ["%s/%s" % (entry.name, inner) for inner in os.listdir(entry.path)]
    return sorted(name for name in names if "__pycache__" not in name)


def is_ready():
    """True if a set-up was finished here, from this lock, nothing of it has gone since, and its Python still starts."""
    try:
        with open(STAMP, encoding="utf-8") as file:
            stamp = json.load(file)
        if stamp["fingerprint"] != fingerprint() or not set(stamp["installed"]) <= set(installed()):
            return False
        return subprocess.call([PYTHON, "-I", "-c", "import encodings, site"], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) == 0
    except (OSError, ValueError, KeyError, TypeError, StopIteration):
        return False


def clean_environment():
    """The caller's environment without what would lead the private Python astray."""
    stray = {"PYTHONHOME", "PYTHONPATH", "PYTHONSTARTUP", "VIRTUAL_ENV", "__PYVENV_LAUNCHER__", "PIP_TARGET", "PIP_PREFIX", "PIP_ROOT"}
    environment = {name: value for name, value in os.environ.items() if name.upper() not in stray}
    environment.update(PYTHONSAFEPATH="1", PYTHONNOUSERSITE="1", PYTHONUTF8="1", PIP_USER="0", PIP_DISABLE_PIP_VERSION_CHECK="1")
    return environment


def check_place():
    """Stop before anything is made if the folder cannot hold it."""
    if WINDOWS and len(ROOT) > LONGEST_WINDOWS_ROOT:
        raise SetupError(
            "The path of this folder has %d characters; Windows has room for %d here:\n  %s\n"
            "Move the whole Synopsis folder nearer to the top of the disk (for example C:\\synopsis) and start again."
            % (len(ROOT), LONGEST_WINDOWS_ROOT, ROOT)
        )
    if os.pathsep in ROOT:
        raise SetupError(
            "The folder's path holds the character %r, which Python cannot use there:\n  %s\nRename the folder and start again." % (os.pathsep, ROOT)
        )
    probe = os.path.join(ROOT, ".write-test-%d" % os.getpid())
    try:
        with open(probe, "w"):
            pass
        os.remove(probe)
    except OSError as error:
        if error.errno == errno.ENOSPC:
            raise SetupError("The disk is full. Synopsis needs about 1 GB. Free some space and start again.")
        raise SetupError(
            "Synopsis may not write into its own folder:\n  %s\n"
            "Move or copy the whole folder to a place of your own, such as your Documents folder, and start again there. "
            "(If it is still inside a .zip, unpack that first.)" % ROOT
        )


def make_venv():
    """An empty environment, whatever stood there before."""
    import venv

    if os.path.islink(VENV) or os.path.isfile(VENV):
        os.remove(VENV)
    try:
        venv.EnvBuilder(clear=True, symlinks=not WINDOWS, with_pip=True).create(VENV)
    except subprocess.CalledProcessError:
        raise SetupError(
            "This Python could not make a private environment. On Debian and Ubuntu a part of Python is missing:\n"
            "  sudo apt install python3-venv\n"
            "If you use the Python of the Windows store, install the one from python.org instead. Then start again."
        )
    except OSError as error:
        raise SetupError("The folder .venv could not be made (%s).\n%s" % (error, explain(str(error))))


def pip_install(arguments, total=None):
    """Run pip in the environment; show how far it is; explain a failure."""
    command = [PYTHON, "-m", "pip", "install", "--no-input", "--progress-bar", "off"] + arguments
    lines, seen = [], 0
    process = subprocess.Popen(command, env=clean_environment(), stdout=subprocess.PIPE, stderr=subprocess.STDOUT, encoding="utf-8", errors="replace")
    with process:
        for line in process.stdout:
            lines.append(line)
            if line.startswith("Collecting "):
                seen += 1
                if total and sys.stderr.isatty():
                    print("\r  %d of about %d packages" % (seen, total), end="", file=sys.stderr, flush=True)
    if seen and total and sys.stderr.isatty():
        print(file=sys.stderr)
    with contextlib.suppress(OSError), open(LOG, "a", encoding="utf-8") as log:
        log.writelines(lines)
    if process.returncode:
        raise SetupError("The packages Synopsis needs could not be installed.\n%s\nAll that was said on the way: %s" % (explain("".join(lines)), LOG))


def number_of_packages():
    with open(LOCK, encoding="utf-8") as file:
        return sum("==" in line for line in file)


def set_up():
    """Make .venv and fill it. The stamp is written last, so that whatever is cut short is made anew."""
    started = time.time()
    total = number_of_packages()
    print("Setting Synopsis up in %s (once; a few minutes)" % VENV, file=sys.stderr, flush=True)
    with contextlib.suppress(OSError):
        os.remove(LOG)
    keep_old()
    try:
        fill(total)
    except BaseException:
        bring_back_old()
        raise
    shutil.rmtree(OLD, ignore_errors=True)
    print("Ready after %.0f s" % (time.time() - started), file=sys.stderr, flush=True)


def fill(total):
    make_venv()
    print("Installing about %d packages" % total, file=sys.stderr, flush=True)
    pip_install(["--require-hashes", "--only-binary", ":all:", "-r", LOCK], total)
    pip_install(["--no-deps", "--no-build-isolation", "--no-index", "-e", ROOT])
    with open(STAMP, "w", encoding="utf-8") as file:
        json.dump({"fingerprint": fingerprint(), "installed": installed()}, file)


def keep_old():
    """Put a finished environment aside until the new one is finished; one put aside earlier means that this one is half-made."""
    if os.path.isdir(VENV) and not os.path.isdir(OLD) and os.path.exists(STAMP):
        os.rename(VENV, OLD)


def bring_back_old():
    if os.path.isdir(OLD):
        shutil.rmtree(VENV, ignore_errors=True)
        with contextlib.suppress(OSError):
            os.rename(OLD, VENV)


@contextlib.contextmanager
def one_at_a_time():
    """Hold a lock file, so that two starts at once do not set up in each other's way. The system frees it if we are killed."""
    with open(os.path.join(ROOT, ".setup-lock"), "a+b") as file:
        if WINDOWS:
            import msvcrt

            while True:
                try:
                    file.seek(0)
                    msvcrt.locking(file.fileno(), msvcrt.LK_LOCK, 1)
                    break
                except OSError:
                    time.sleep(1)
        else:
            import fcntl

            try:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except OSError:
                print(WAITING, file=sys.stderr, flush=True)
                fcntl.flock(file, fcntl.LOCK_EX)
        yield


def main(arguments):
    for stream in (sys.stdout, sys.stderr):
        with contextlib.suppress(AttributeError):
            stream.reconfigure(errors="backslashreplace")  # a console that cannot show a letter shows its code instead
    try:
        if not is_ready():
            check_place()
            with one_at_a_time():
                if not is_ready():
                    set_up()
        return subprocess.call([PYTHON, "-m", "helpers"] + arguments, env=clean_environment())
    except SetupError as error:
        print(error, file=sys.stderr)
    except OSError as error:
        print("The set-up stopped: %s\n%s" % (error, explain(str(error))), file=sys.stderr)
    except KeyboardInterrupt:
        print("\nStopped. The next start goes on from here.", file=sys.stderr)
        return 130
    return 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
