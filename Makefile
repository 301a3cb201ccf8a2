# The two commands of the README are `make demo` and `make test`.
SHELL := bash
.SHELLFLAGS := -euo pipefail -c
.PHONY: demo test faults fuzz tools audit bench image systemd cluster

# The service with a simulated learning platform beside it; nothing is installed, nothing is kept.
demo:
	cargo run --release -- demo

# Everything that decides about a change. PostgreSQL runs for the time of the tests only.
test: tools
	cargo fmt --all --check
	cargo clippy --workspace --all-targets --all-features -- -D warnings
	tests/postgres cargo test --workspace --all-features
	RUSTDOCFLAGS="-D warnings" cargo doc --workspace --all-features --no-deps
	cargo package -p lti13-tool --offline --no-verify --allow-dirty

# The real program, killed 500 times at any message to its database or its video system. FAULTS_SEED=2 makes other choices, the same ones every time.
faults:
	FAULTS=500 tests/postgres cargo test --all-features --test it -- killed_at_any --nocapture

# Looks for input that the relay or the LTI library cannot bear. FUZZ=600 spends ten minutes on each.
fuzz:
	tests/fuzz $${FUZZ:-60}

# What the tests need from Debian. Needs root only where something is missing, and says so.
tools:
	tests/tools

# Licences, forbidden crates, known weaknesses, unused crates; the library as it would be published.
audit:
	tests/audit

# Prints tables; decides nothing.
bench:
	tests/postgres cargo bench

# The image as the Dockerfile makes it, twice, compared byte by byte; its size and its list of parts.
image:
	tests/image

# The steps of docs/installation.md for systemd, in a fresh Debian.
systemd:
	tests/systemd

# The chart, installed and removed in every variant at a real control plane of Kubernetes, without nodes.
cluster:
	tests/cluster/run
