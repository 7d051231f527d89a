# Plumbline's commands. `make demo` and `make test` do all their own set-up on a fresh Debian or Ubuntu with Swift.

SWIFT ?= swift
SITE ?= seed
EMULATED ?= fixtures/sites/igb.yaml
SCENARIO ?= scenarios/vlan-201.yaml
SOURCES = Package.swift Sources Tests Benchmarks
# Neither target may print a crash report in colours to a log.
export SWIFT_BACKTRACE ?= enable=no

.PHONY: demo test test-faults test-requests test-emulated recordings benchmark-lists sanitize lint format build setup fuzz benchmark-ssh \
	leak-ssh benchmark-dialects help

help:
	@echo 'make demo    starts the simulated seed site and runs the seed scenario against it'
	@echo 'make test    runs all tests'
	@echo 'make test-faults      every fault of the site at every place, of the API at every request (not yet run whole)'
	@echo 'make test-requests    one fault of the API of each sort at every request of a run, in rotation (some minutes)'
	@echo 'make benchmark-lists  CPU and memory of reading 5,000 nodes and 20,000 pods'
	@echo 'make sanitize         the tests of SSH and of the API client under the address and the thread sanitizer'
	@echo 'make test-emulated  the scenario and faults on true kernels under QEMU, without root'
	@echo 'make recordings  refreshes fixtures/emulated from the kernels of the emulated site'
	@echo 'make lint    checks the format of the sources'
	@echo 'make format  applies it'
	@echo 'make fuzz    feeds every dialect with spoilt recordings for a few seconds'
	@echo 'make benchmark-ssh  measures SSH to up to 1,000 hosts beside ssh, asyncssh and a bare libssh2 loop'
	@echo 'make benchmark-dialects  rows a second and bytes a row of 100,000-row MAC tables, beside ntc-templates'
	@echo 'make leak-ssh       opens and closes 1,000 connections ten times and counts what is left'

# demo and test share one build.
demo: build
	@.build/debug/plumbline-lab exec $(SITE) --timing -- .build/debug/plumbline run-scenario $(SCENARIO)

# The pure rooms' tests only compute, and run side by side. The others run one after the other: hundreds at once, each with
# servers and deadlines of its own, starve one another on two cores. The end-to-end tests come last: two at a time, for they
# mostly wait, and each runs a few sites at a time.
PURE = ^(Architecture|Archives|Checks|Dialects|Documents|Plans|Reports|Scenarios)Tests\.
test: build
	$(SWIFT) test --skip-build --parallel --filter '$(PURE)'
	$(SWIFT) test --skip-build --no-parallel --skip '$(PURE)' --skip '^(EndToEndTests|EmulatedTests)\.'
	$(SWIFT) test --skip-build --parallel --experimental-maximum-parallelization-width 2 --filter '^EndToEndTests\.'

# Each fault of the site at each place, then each fault of the API at each request of a whole run. `make test` tries each at one
# place, and one of each sort at each kind of request.
test-faults: build
	PLUMBLINE_EVERY_PLACE=1 $(SWIFT) test --skip-build --no-parallel --filter '^EndToEndTests\.FaultTests'
	PLUMBLINE_EVERY_FAULT=1 $(SWIFT) test --skip-build --no-parallel --filter '^EndToEndTests\.APIFaultTests'

# One fault of each sort at each request, in rotation: some minutes.
test-requests: build
	PLUMBLINE_EVERY_REQUEST=1 $(SWIFT) test --skip-build --no-parallel --filter '^EndToEndTests\.APIFaultTests'

benchmark-lists: build
	PLUMBLINE_MEASURE=1 $(SWIFT) test --skip-build --no-parallel --filter '^KubernetesTests\.LargeListTests'

# Each sanitizer has a build of its own. SANITIZE_FILTER says which tests. Leaks are not looked for here: the pointers in Swift's enums
# carry tags that the sanitizer does not see through, and what connections leave is measured by leak-ssh.
SANITIZE_FILTER ?= ^(KubernetesTests|TransportsTests)\.
sanitize: setup
	ASAN_OPTIONS=detect_leaks=0 $(SWIFT) test --scratch-path .build-asan --sanitize address --no-parallel \
		--filter '$(SANITIZE_FILTER)'
	TSAN_OPTIONS=suppressions=$(CURDIR)/.ci/tsan.supp $(SWIFT) test --scratch-path .build-tsan --sanitize thread --no-parallel \
		--filter '$(SANITIZE_FILTER)'

# One site of guests serves all of it, some nine minutes on two busy cores; what it needs is fetched the first time.
# PLUMBLINE_EMULATED_GROUPS=2: only the first groups of faults; PLUMBLINE_EMULATED_RUNS=10: so many runs of the scenario before them.
test-emulated: build
	.build/debug/plumbline-lab prepare $(EMULATED)
	$(SWIFT) test --skip-build --no-parallel --filter '^EmulatedTests\.'

# Its README, written with it, says what is there.
recordings: build
	.build/debug/plumbline-lab record --iproute2 bullseye --iproute2 trixie fixtures/emulated

build: setup
	$(SWIFT) build --build-tests

# Installs what is missing, and leaves no service listening.
setup:
	@sh .ci/setup

lint:
	$(SWIFT) format lint --strict --recursive $(SOURCES)

format:
	$(SWIFT) format --in-place --recursive $(SOURCES)

# By libFuzzer; FUZZ_SECONDS, FUZZ_RUNS and FUZZ_ONLY say how long and which.
fuzz:
	@sh .ci/fuzz

# One sshd of its own on loopback; BENCHMARK_SIZES="1 10 100 1000" and BENCHMARK_SKIP say how many hosts and what to leave out.
benchmark-ssh: setup
	$(SWIFT) build -c release --product plumbline-ssh-benchmark
	python3 Benchmarks/SSH/benchmark.py table

leak-ssh: setup
	$(SWIFT) build -c release --product plumbline-ssh-benchmark
	python3 Benchmarks/SSH/benchmark.py leak

# BENCHMARK_ROWS and BENCHMARK_ONLY say how many rows and of which recordings.
benchmark-dialects: setup
	$(SWIFT) build -c release --product plumbline-dialect-benchmark
	python3 Benchmarks/Dialects/benchmark.py
