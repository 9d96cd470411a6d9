# Crossbit: the commands that a user types. `make` alone lists them.

# Name of the experiment; `make list` shows all.
EXPERIMENT ?= quickstart
# Folder of the data sets' HDF5 files.
DATA ?= Data
# Number of trials at a time; empty for one on each core.
JOBS ?=
# Trials of EXPERIMENT that `make ladder` measures, by the numbers of `make plan`.
TRIALS ?=
# Method and profile that `make tune` searches, the data set, and how many candidates.
METHOD ?= rmsh.full
DATASET ?= openclipart
CANDIDATES ?= 24
# Parts of EXPERIMENT that `make run` is to run, such as METHODS=dcmh,rmsh BITS=16,64 SEEDS=1.
METHODS ?=
BITS ?=
SEEDS ?=
# release or debug.
CONFIGURATION ?= release
# Kernel set that OpenBLAS is to use, such as Haswell; empty to leave the choice to it.
BLAS_CORE ?=

CROSSBIT = $(if $(BLAS_CORE),OPENBLAS_CORETYPE=$(BLAS_CORE)) .build/$(CONFIGURATION)/crossbit
# Package.swift leaves libmatio out when this says so; looked up after the dependencies were installed.
MATIO = $(if $(shell pkg-config --exists matio && echo yes),,CROSSBIT_WITHOUT_MATIO=1)
FOLDERS = --data "$(DATA)"
PART = $(if $(METHODS),--methods $(METHODS)) $(if $(BITS),--bits $(BITS)) $(if $(SEEDS),--seeds $(SEEDS))

.DEFAULT_GOAL := help
.PHONY: help dependencies build run status test list plan table report ladder tune dist doctor bench format lint readme clean

help: ## Print this list.
	@echo 'make TARGET [EXPERIMENT=$(EXPERIMENT)] [METHOD=$(METHOD) DATASET=$(DATASET) CANDIDATES=$(CANDIDATES)] [METHODS=names BITS=numbers SEEDS=numbers] [DATA=$(DATA)] [JOBS=n] [CONFIGURATION=$(CONFIGURATION)] [BLAS_CORE=name]'
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  %-13s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

dependencies: ## Install OpenBLAS, HDF5, zlib and libmatio where they are missing.
	@.ci/install-dependencies

build: dependencies
	@$(MATIO) swift build --configuration $(CONFIGURATION) --product crossbit --quiet

run: build ## Run what is not finished of EXPERIMENT, or of METHODS, BITS, SEEDS of it, and print its table.
	@$(CROSSBIT) run $(EXPERIMENT) $(FOLDERS) $(PART) $(if $(JOBS),--jobs $(JOBS))

status: build ## Say what of EXPERIMENT is finished, running, failed and open.
	@$(CROSSBIT) status $(EXPERIMENT) $(FOLDERS)

# Without an EXPERIMENT of the user's own: all of them.
list: build ## List the experiments and the methods, or say what EXPERIMENT wants.
	@$(CROSSBIT) list $(if $(filter file,$(origin EXPERIMENT)),,$(EXPERIMENT) $(FOLDERS))

plan: build ## Print the trials of EXPERIMENT and which are finished.
	@$(CROSSBIT) plan $(EXPERIMENT) $(FOLDERS)

table: build ## Write and print the table of EXPERIMENT from its finished trials.
	@$(CROSSBIT) table $(EXPERIMENT) $(FOLDERS)

# Without an EXPERIMENT of the user's own: the overview of all.
report: build ## Write the overview of Results/, or the files of EXPERIMENT.
	@$(CROSSBIT) report $(if $(filter file,$(origin EXPERIMENT)),,$(EXPERIMENT)) $(FOLDERS)

ladder: build ## Measure the codes of TRIALS of EXPERIMENT by every definition in use.
	@CROSSBIT=.build/$(CONFIGURATION)/crossbit .ci/write-definitions $(EXPERIMENT) "$(DATA)" $(TRIALS)

tune: build ## Search the knobs of METHOD on held-out training items of DATASET.
	@$(CROSSBIT) tune $(METHOD) --dataset $(DATASET) --candidates $(CANDIDATES) $(FOLDERS) $(if $(JOBS),--jobs $(JOBS))

dist: dependencies ## Build dist/crossbit with the Swift runtime linked in, for machines without Swift.
	@$(MATIO) swift build --configuration release --product crossbit --static-swift-stdlib --scratch-path .build-dist --quiet
	@mkdir -p dist && cp .build-dist/release/crossbit dist/crossbit
	@echo "dist/crossbit needs of the machine: $$(ldd dist/crossbit | awk '/=>/ { print $$1 }' | tr '\n' ' ')"

doctor: build ## Say what the program, the machine and DATA are good for.
	@$(CROSSBIT) doctor $(FOLDERS)

test: ## Run all checks: formatting, builds without warnings, tests, the real program.
	@.ci/run

bench: dependencies ## Measure speed (package in Benchmarks/).
	@for program in training-step encoding evaluation; do \
	  $(MATIO) swift run --package-path Benchmarks --configuration release --quiet $$program || exit 1; \
	done

format: ## Format all Swift files in place.
	@swift format --in-place --recursive Package.swift Sources Tests Experiments Plugins \
	  Benchmarks/Package.swift Benchmarks/Sources

lint: ## Check the format of all Swift files.
	@swift format lint --strict --recursive Package.swift Sources Tests Experiments Plugins \
	  Benchmarks/Package.swift Benchmarks/Sources

readme: ## Copy the tables of Results/ into README.md and the guides.
	@.ci/update-readme

clean: ## Remove what was built; data and results stay.
	@rm -rf .build .build-testing .build-dist dist
