# SPDX-License-Identifier: Apache-2.0

SHELL := /bin/bash
.DEFAULT_GOAL := help
.PHONY: help demo setup build test test-fast laws format lint fuzz bench record release clean

KILN := .build/debug/kiln
RELEASE := .build-release
WORLDS ?= 1000
SOURCES := Package.swift Sources Tests Benchmarks/Package.swift Benchmarks/Sources
PURE := JSONSyntaxTests|ManifestSyntaxTests|ResourcesTests|ManifestsTests|PlanningTests|ArchitectureTests

help: ## Show this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "  make %-10s %s\n", $$1, $$2}' Makefile

demo: build ## Plan and apply the starter in manifests/ on the embedded service, then plan again
	$(KILN) plan manifests
	$(KILN) apply manifests --auto-approve
	$(KILN) plan manifests

setup: ## Install what the build needs and Debian has
	scripts/setup

build: setup ## Build kiln for debugging
	swift build --product kiln

test: setup ## Run all tests
	swift build --build-tests
	swift test --disable-xctest --parallel --skip-build
	KILN=$(CURDIR)/$(KILN) Tests/Conformance/run
	KILN=$(CURDIR)/$(KILN) Tests/Policies/run

test-fast: setup ## Run the tests of the pure modules: no sockets, no processes
	swift test --disable-xctest --parallel --filter '^($(PURE))\.'

laws: setup ## Hold the laws of planning and applying against 1,000 random worlds each
	swift build --build-tests
	@echo "seeds: 1802071150 + 40503 n for n below $(WORLDS); KILN_SEED=SEED make laws repeats one"
	set -o pipefail; KILN_WORLDS=$(WORLDS) swift test --disable-xctest --parallel --skip-build --filter '^ReconciliationTests\..*LawTests' \
	  | tee .build/laws.log | grep -E 'Test .* (passed|failed)|Test run|✘'

format: ## Put all sources into shape
	swift format --in-place --parallel --recursive $(SOURCES)

lint: ## Check the shape of all sources
	swift format lint --strict --parallel --recursive $(SOURCES)

fuzz: build ## Feed random bytes to every reader, 60 seconds each
	Fuzz/run 60

bench: release ## Measure speed and memory of the release build
	@touch Benchmarks/Package.swift # else files that are new in the package above are not noticed
	swift build --package-path Benchmarks -c release
	Benchmarks/run

record: setup ## Rewrite the golden files and the generated parts of Documentation
	KILN_RECORD=1 swift test --disable-xctest --parallel

release: setup ## Build kiln for use: optimised, Swift's libraries linked in, stripped
	swift build -c release --scratch-path $(RELEASE) --static-swift-stdlib -Xlinker -s --product kiln
	@ls -l $(RELEASE)/release/kiln

clean: ## Remove everything built, and the demo's data
	rm -rf .build .build-* .venv .venv-* Benchmarks/.build manifests/.kiln
