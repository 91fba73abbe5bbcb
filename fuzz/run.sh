#!/usr/bin/env bash
# Runs every fuzz target for a fixed, small number of executions (default 20000), on stable Rust and
# without cargo-fuzz. `./run.sh --runs N [target ...]`; what it finds is left in artifacts/.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"

runs=20000
if [ "${1:-}" = --runs ]; then
  runs=$2
  shift 2
fi
targets=("$@")
if [ ${#targets[@]} -eq 0 ]; then
  mapfile -t targets < <(ls targets | sed 's/\.rs$//')
fi

# The counters that libFuzzer steers by, written out because stable Rust has no flag for them.
export RUSTFLAGS="--cfg fuzzing -Cpasses=sancov-module -Cllvm-args=-sanitizer-coverage-level=4 \
-Cllvm-args=-sanitizer-coverage-inline-8bit-counters -Cllvm-args=-sanitizer-coverage-pc-table"
# An explicit target keeps those flags away from build scripts, which have no libFuzzer to link to.
host=$(rustc -vV | sed -n 's/^host: //p')
export CARGO_TARGET_DIR="$PWD/target"
bins=()
for target in "${targets[@]}"; do bins+=(--bin "$target"); done
cargo build --quiet --locked --release --target "$host" "${bins[@]}"

for target in "${targets[@]}"; do
  mkdir -p "corpus/$target" artifacts
  echo "fuzz $target: $runs runs"
  log="artifacts/$target.log"
  # The first folder takes new inputs and is not kept; the seeds are.
  if ! "target/$host/release/$target" -runs="$runs" -seed=1 -max_len=8192 -timeout=10 -rss_limit_mb=1024 \
    -artifact_prefix="artifacts/$target-" -print_final_stats=0 "corpus/$target" "seeds/$target" >"$log" 2>&1; then
    tail -n 40 "$log" >&2
    echo "fuzz $target: FAILED; the input is in fuzz/artifacts/" >&2
    exit 1
  fi
done
