"""requirements.in, requirements.txt and environment.yml name the same things, and the lock names no address."""

import re

import pytest
import yaml
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from packaging.version import Version

from helpers.build import ROOT


def wanted():
    lines = (line.partition("#")[0].strip() for line in (ROOT / "requirements.in").read_text().splitlines())
    return {canonicalize_name(Requirement(line).name): Requirement(line).specifier for line in lines if line}


def locked():
    pins = {}
    for name, version in re.findall(r"^([A-Za-z0-9._-]+)==([^\s;]+)", (ROOT / "requirements.txt").read_text(), re.MULTILINE):
        pins.setdefault(canonicalize_name(name), []).append(Version(version))
    return pins


def conda():
    lines = yaml.safe_load((ROOT / "environment.yml").read_text(encoding="utf-8"))["dependencies"]
    requirements = [Requirement(line) for line in lines if isinstance(line, str)]
    return {canonicalize_name(requirement.name): requirement.specifier for requirement in requirements}


def test_conda_has_the_same_names_and_ranges():
    names = conda()
    assert str(names.pop("python")) == ">=3.11"
    names.pop("pip")
    assert names == wanted()


@pytest.mark.parametrize("name", wanted())
def test_the_lock_lies_within_the_ranges(name):
    assert locked()[name]
    assert all(version in wanted()[name] for version in locked()[name])


def test_the_lock_holds_hashes_and_no_address():
    text = (ROOT / "requirements.txt").read_text()
    assert "://" not in text
    entries = re.split(r"^(?=[A-Za-z0-9])", text, flags=re.MULTILINE)[1:]
    assert entries
    assert all("--hash=sha256:" in entry for entry in entries)
