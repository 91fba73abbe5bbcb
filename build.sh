#!/usr/bin/env bash
# The one door of this repository. Try: ./build.sh --help
set -euo pipefail
export CALLED_FROM=$PWD
cd "$(dirname "${BASH_SOURCE[0]}")"

usage() {
  cat <<'EOF'
usage: ./build.sh COMMAND

  build    make dist/chromium and dist/firefox (unpacked) and their zips
  run      build, start an account server with an outbox for its mails, and open Chromium with
           Sesame and a sample site; without a display, do the main jobs headless instead (filling,
           an account on two browsers, its reset), with a line for each step and numbered pictures
           in out/
  server   make target/server/sesame-server, the account server as it is installed
  test     everything that proves it: lint, Rust and JavaScript tests (the server on SQLite and on a
           PostgreSQL of their own), short fuzzing, web-ext lint, a second build elsewhere that must
           be byte-identical, end-to-end tests in Chromium and Firefox ESR
  bench    measure against hash-wasm and native libargon2; prints medians and ratios
           (--write puts them into docs/PERFORMANCE.md)
  load     simulate clients against the account server, with 100,000 accounts in its database, on
           SQLite and PostgreSQL; prints requests per second, waiting times and memory
           (--write puts them into docs/PERFORMANCE.md; --peer has Kinto do the same work)
  corpus   DIR > predictions.jsonl: have the built extension understand the pages of a labelled
           form corpus, for DIR/score.mjs (docs/AUTOFILL.md)
  lint     formatting, clippy, Biome, types
  clean    remove what was built

What is missing is installed after saying so: the Rust target wasm32-unknown-unknown (rustup), the
npm packages of package-lock.json (no install scripts are run), Debian's chromium, for `test` its
firefox-esr, for `test` and `load` its postgresql (apt; asks sudo unless root), and for
`load --peer` Kinto (pip, into target/). Nothing is downloaded by the built extension.

  CHROMIUM=/path/to/chromium    use this browser
  FIREFOX=/path/to/firefox      and this one
EOF
}

say() { printf '\n== %s\n' "$*"; }
die() { printf 'build.sh: %s\n' "$*" >&2; exit 1; }

ensure_rust() {
  command -v cargo >/dev/null || [ ! -x "$HOME/.cargo/bin/cargo" ] || export PATH="$HOME/.cargo/bin:$PATH"
  command -v cargo >/dev/null || die "Rust is needed: install rustup (Debian: apt install rustup), then run this again."
  local wasm
  # A missing toolchain or target of rust-toolchain.toml is fetched by rustup's own proxy here.
  if ! wasm=$(rustc --print target-libdir --target wasm32-unknown-unknown 2>/dev/null) || [ ! -d "$wasm" ]; then
    command -v rustup >/dev/null || die "this Rust has no wasm32-unknown-unknown target, and there is no rustup to add it."
    say "installing the Rust target wasm32-unknown-unknown (rustup)"
    rustup target add wasm32-unknown-unknown
  fi
}

ensure_node() {
  command -v node >/dev/null || die "Node 20 or newer is needed (Debian: apt install nodejs npm)."
  node -e 'process.exit(Number(process.versions.node.split(".")[0]) >= 20 ? 0 : 1)' ||
    die "Node 20 or newer is needed; this is $(node --version)."
  # npm writes node_modules/.package-lock.json last: older than our lock file means not done or not current.
  if [ ! node_modules/.package-lock.json -nt package-lock.json ]; then
    command -v npm >/dev/null || die "npm is needed (Debian: apt install npm)."
    say "installing the npm packages of package-lock.json into node_modules (no install scripts)"
    npm ci --ignore-scripts --no-audit --no-fund
    touch node_modules/.package-lock.json
  fi
}

# apt_install PACKAGE...: says what it does first.
apt_install() {
  local root=()
  [ "$(id -u)" = 0 ] || root=(sudo)
  say "installing Debian's $* (apt-get${root[0]:+, with sudo})"
  "${root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get update -qq
  "${root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "$@" >/dev/null
}

ensure_chromium() {
  [ -z "${CHROMIUM:-}" ] || { [ -x "$CHROMIUM" ] || die "CHROMIUM=$CHROMIUM is not a program."; return 0; }
  local name
  for name in chromium chromium-browser; do
    if CHROMIUM=$(command -v "$name"); then export CHROMIUM; return 0; fi
  done
  command -v apt-get >/dev/null || die "Chromium is needed: install it, or set CHROMIUM=/path/to/chromium."
  apt_install chromium fonts-liberation
  CHROMIUM=$(command -v chromium) || die "apt-get installed no chromium."
  export CHROMIUM
}

ensure_firefox() {
  [ -z "${FIREFOX:-}" ] || { [ -x "$FIREFOX" ] || die "FIREFOX=$FIREFOX is not a program."; return 0; }
  if ! FIREFOX=$(command -v firefox-esr); then
    command -v apt-get >/dev/null || die "Firefox ESR is needed: install it, or set FIREFOX=/path/to/firefox."
    apt_install firefox-esr
    FIREFOX=$(command -v firefox-esr) || die "apt-get installed no firefox-esr."
  fi
  export FIREFOX
}

# The tests start clusters of their own from its programs; a server that Debian runs is not touched.
ensure_postgres() {
  if ! compgen -G '/usr/lib/postgresql/*/bin/initdb' >/dev/null; then
    command -v apt-get >/dev/null || die "PostgreSQL is needed in /usr/lib/postgresql, where Debian puts it."
    apt_install postgresql
  fi
  # From here on its absence is a failure, not a reason to leave tests out.
  export SESAME_REQUIRE_POSTGRES=1
}

# The peer of `load --peer`, from PyPI, at the versions of tests/bench/kinto.txt, into target/ and nowhere else.
ensure_kinto() {
  local stamp=target/kinto/installed
  if cmp -s tests/bench/kinto.txt "$stamp"; then return 0; fi
  python3 -c 'import ensurepip, venv' 2>/dev/null || apt_install python3-venv
  say "installing Kinto into target/kinto (pip, PyPI)"
  python3 -m venv --clear target/kinto
  target/kinto/bin/pip install --quiet --disable-pip-version-check --requirement tests/bench/kinto.txt
  cp tests/bench/kinto.txt "$stamp"
}

# One build at a time in one clone.
build() {
  ensure_rust
  ensure_node
  mkdir -p build
  if command -v flock >/dev/null; then
    flock build/.lock node scripts/build.mjs "$@"
  else
    node scripts/build.mjs "$@"
  fi
}

lint() {
  local failed=0
  cargo fmt --all --check || failed=1
  cargo clippy --quiet --workspace --all-targets --locked -- -D warnings || failed=1
  node node_modules/@biomejs/biome/bin/biome check --colors=off || failed=1
  node node_modules/typescript/bin/tsc --project . || failed=1
  if cargo deny --version >/dev/null 2>&1; then
    cargo deny --locked check bans licenses sources || failed=1
  else
    echo "left out: cargo deny (not installed here)"
  fi
  return $failed
}

# The account server for the tests in the profile of the Rust tests, which is where those build it too.
test_server() {
  cargo build --quiet --locked --package sesame-server
}

# As it is installed: optimised, and a panic ends one request only.
server() {
  ensure_rust
  cargo build --locked --profile server --package sesame-server
  echo "made target/server/sesame-server"
}

rust_tests() {
  cargo test --workspace --exclude sesame-xtask --locked --quiet &&
    CARGO_TARGET_DIR=target/shipped cargo test --package sesame-xtask --locked --quiet
}

# The same vectors and golden vaults as natively, in a module of their own: the engine carries none of them.
wasm_vectors() {
  cargo build --quiet --locked -p sesame-vault --features selftest --bin selftest --target wasm32-unknown-unknown &&
    node tests/vectors/selftest.mjs target/wasm32-unknown-unknown/debug/selftest.wasm
}

node_tests() {
  node --test tests/house/ && playwright --project=unit
}

playwright() {
  node node_modules/@playwright/test/cli.js test "$@"
}

firefox_lint() {
  node node_modules/web-ext/bin/web-ext.js lint --source-dir dist/firefox --no-config-discovery
}

passed=0 failed=()
times=()
stage() {
  local name=$1 began=$SECONDS
  shift
  say "$name"
  if "$@"; then passed=$((passed + 1)); else failed+=("$name"); fi
  times+=("$(printf '%5d s  %s' $((SECONDS - began)) "$name")")
}

all_tests() {
  ensure_chromium
  ensure_firefox
  ensure_postgres
  rm -f build/unsteady-*.txt
  say "build"
  build
  times+=("$(printf '%5d s  install and build' "$SECONDS")")
  stage "lint" lint
  stage "Rust tests" rust_tests
  stage "known answers and golden vaults in Wasm" wasm_vectors
  stage "short fuzzing" fuzz/run.sh
  stage "house and unit tests" node_tests
  stage "the server killed, and hostile to the engine" playwright --project=server --project=server-postgres
  stage "web-ext lint of dist/firefox" firefox_lint
  stage "a second build, in another folder, byte for byte" node scripts/reproducible.mjs
  stage "end-to-end tests in Chromium" playwright --project=e2e
  stage "end-to-end tests in Firefox ESR" playwright --project=firefox
  say "time of each stage"
  printf '%s\n' "${times[@]}"
  cat build/unsteady-*.txt 2>/dev/null || true
  [ ${#failed[@]} -eq 0 ] || printf 'FAILED: %s\n' "${failed[@]}"
  printf '%d passed, %d failed\n' "$passed" "${#failed[@]}"
  [ ${#failed[@]} -eq 0 ]
}

run() {
  ensure_chromium
  build --quiet
  say "the account server"
  test_server
  node --import ./scripts/typescript.mjs tests/e2e/demo.ts
}

bench() {
  ensure_chromium
  build --quiet
  node tests/bench/report.mjs "$@"
}

load() {
  ensure_rust
  ensure_node
  ensure_postgres
  case " $* " in *" --peer "*) ensure_kinto ;; esac
  cargo build --locked --profile server --package sesame-server --package sesame-load
  SESAME_SERVER_BIN=target/server/sesame-server SESAME_LOAD_BIN=target/server/sesame-load \
    node --import ./scripts/typescript.mjs tests/bench/load.ts "$@"
}

# What is printed is the answer; everything else is said on the other channel.
corpus() {
  { ensure_chromium && build --quiet; } >&2
  node scripts/corpus.mjs "$@"
}

command=${1:---help}
[ $# -eq 0 ] || shift
case $command in
  build) build "$@" ;;
  run) run ;;
  server) server ;;
  test) all_tests ;;
  bench) bench "$@" ;;
  load) load "$@" ;;
  corpus) corpus "$@" ;;
  lint) build --quiet && lint ;;
  clean) rm -rf dist build out test-results target fuzz/target ;;
  -h | --help | help) usage ;;
  *) usage >&2; die "unknown command: $command" ;;
esac
