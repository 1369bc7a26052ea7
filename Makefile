# `make` prints the targets. Each of them may be called again at any time and does only what is missing.
# Needed on the machine: Node.js 20 or newer, npm, make, git; for the engine also a Pulumi on PATH, or Go.

MAKEFLAGS += --no-print-directory
.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.PHONY: help install engine build lint format test test-unit simulator up down customer bench soak reference schema sdks language-hosts dist clean

# With a dot, because a folder and a target have the same name.
folders := $(wildcard provider/. sdk/. simulator/. cli/. tests/.)
# Folders are sources too: their time changes when a file in them goes away.
sources := $(shell find $(folders) \( -path tests/./planted -o -path tests/./fixtures -o -path sdk/./python -o -path sdk/./go -o -path sdk/./nodejs \) -prune -o \( -name '*.ts' -o -type d \) -print)

help: ## this list
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/\1|\2/p' $(MAKEFILE_LIST) | while IFS='|' read -r name text; do printf '  make %-14s %s\n' "$$name" "$$text"; done

install: node_modules/.package-lock.json ## npm packages, when package-lock.json has changed

engine: ## the Pulumi engine for development, into .engine/bin
	@sh engine/make-engine.sh

build: dist/.built ## TypeScript to dist/, when something has changed

lint: build ## lint rules, format, import rules, types of examples and scripts
	@node scripts/test.mjs checks

format: install ## formats every file
	@node_modules/.bin/prettier --write --log-level warn .

test: ## everything: install, build, engine, checks and all test suites
	@node scripts/test.mjs

test-unit: build ## the quick suites, which need no engine
	@node scripts/test.mjs unit simulator http protocol

simulator: build ## the simulator in the foreground, on port 8787 or AUDIOCODES_LIVE_SIMULATOR_PORT
	@exec node dist/cli/main.js simulate --port "$${AUDIOCODES_LIVE_SIMULATOR_PORT:-8787}"

up: build engine ## the quickstart: starts the simulator in the background and runs `pulumi up`
	@sh scripts/up.sh

down: build engine ## destroys what `make up` made and stops the simulator
	@sh scripts/down.sh

customer: build engine ## builds the customers of examples/customer from nothing on the simulator, and tears them down
	@sh scripts/customer.sh

bench: build engine ## measures, and writes the results file that the README quotes
	@node dist/tests/bench/run.js

soak: build engine ## the long form of the random tests, which writes docs/soak.md: half an hour
	@node scripts/soak.mjs

schema: build ## writes schema.json, the package schema for all languages
	@node scripts/schema.mjs

sdks: schema ## the SDKs for Python, Go and Node.js, from the schema, into sdk/
	@sh engine/make-sdkgen.sh
	@.engine/bin/sdkgen schema.json sdk

language-hosts: engine ## hosts for Python, Go and YAML programs, and a Python environment
	@sh engine/make-language-hosts.sh

dist: build ## the release of the plugin, into release/: archives, bill of materials, checksums
	@node scripts/dist.mjs

reference: build ## writes the reference pages in docs/reference
	@node scripts/reference.mjs

clean: ## removes the build, the release and, with its simulator, the quickstart's state; keeps packages and engine
	@node scripts/simulator.mjs stop
	rm -rf dist release .state

node_modules/.package-lock.json: package-lock.json
	@# npm would empty the directory behind a link, which belongs to somebody else.
	@test ! -L node_modules || { echo 'node_modules is a link: install there, or remove it' >&2; exit 1; }
	npm ci --loglevel=error
	@touch $@

dist/.built: node_modules/.package-lock.json tsconfig.json $(sources)
	@node scripts/prune.mjs
	node_modules/.bin/tsc -p tsconfig.json
	@touch $@
