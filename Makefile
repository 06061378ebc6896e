# revplan's build.  `make help` lists the targets.

VERSION = 0.1.0
VARIANT ?= release
PREFIX ?= /usr/local
JOBS ?= $(shell nproc)
FUZZ_SECONDS ?= 60

# What each variant adds.  `fuzz` serves `make fuzz` alone.
CFLAGS_debug = -O0 -g -Werror
CFLAGS_release = -O2 -g
CFLAGS_asan = -O1 -g -fno-omit-frame-pointer -Werror \
    -fsanitize=address,undefined -fno-sanitize-recover=all
CFLAGS_tsan = -O1 -g -fsanitize=thread -Werror
CFLAGS_fuzz = -O1 -g -fno-sanitize-recover=all \
    -fsanitize=fuzzer-no-link,address,undefined
ifeq ($(filter $(VARIANT),debug release asan tsan fuzz),)
$(error unknown VARIANT '$(VARIANT)': debug, release, asan or tsan)
endif
ifeq ($(VARIANT),fuzz)
CC = clang
endif
ifeq ($(CI),true)
WERROR = -Werror
endif

BUILD ?= build
B = $(BUILD)/$(VARIANT)
WARNINGS = -Wall -Wextra -Wpedantic -Wshadow -Wconversion \
    -Wstrict-prototypes -Wmissing-prototypes -Wold-style-definition \
    -Wpointer-arith -Wwrite-strings -Wvla -Wformat=2 -Wdouble-promotion \
    -Wswitch-enum $(WERROR)
# Asked once, when something is compiled, so that help, deps and clean work
# on a machine that has neither pkg-config nor the libraries.
PACKAGES = yaml-0.1 sqlite3 jansson libical libcrypto
PKG_CFLAGS = $(eval PKG_CFLAGS := \
    $$(shell pkg-config --cflags gsl $(PACKAGES)))$(PKG_CFLAGS)
PKG_LIBS = $(eval PKG_LIBS := \
    $$(shell pkg-config --libs $(PACKAGES) gsl))$(PKG_LIBS)

ALL_CFLAGS = -std=c11 -D_POSIX_C_SOURCE=200809L $(WARNINGS) \
    -ffp-contract=off -fvisibility=hidden -pthread $(CFLAGS_$(VARIANT)) \
    -Iinclude -DRP_VERSION='"$(VERSION)"' -MMD -MP $(PKG_CFLAGS) $(CFLAGS)
ALL_LIBS = $(PKG_LIBS) -lcsv -lm -pthread $(LDFLAGS)

# models/ sees no private header of planner/, nor planner/ one of models/.
$(B)/models/%.o: INCLUDES = -Imodels
$(B)/planner/%.o: INCLUDES = -Iplanner
$(B)/tests/%.o: INCLUDES = -Imodels -Iplanner -Itests -Itests/support

objects = $(patsubst %.c,$(B)/%.o,$(1))
MODELS = $(call objects,$(wildcard models/*.c models/*/*.c))
MAIN = $(call objects,planner/main.c)
MPI_CREW = $(call objects,planner/crew_mpi.c)
WORLD = $(call objects,planner/output.c \
    $(filter-out planner/cmd/%,$(wildcard planner/*/*.c)))
PROGRAM = $(filter-out $(MAIN) $(MPI_CREW) $(WORLD),$(call objects,$(wildcard \
    planner/*.c planner/cmd/*.c))) $(B)/gen/templates.o
SUPPORT = $(call objects,$(wildcard tests/support/*.c))
UNIT = $(patsubst %.c,$(B)/%,$(wildcard tests/unit/test_*.c))
STAT = $(patsubst %.c,$(B)/%,$(wildcard tests/stat/test_*.c))
FUZZ = $(patsubst %.c,$(B)/%,$(wildcard tests/fuzz/fuzz_*.c))

## all: build the program and both libraries under build/$VARIANT (default);
##   with MPI=1 revplan-mpi as well, whose trials many processes can share
all: $(B)/revplan $(B)/librevplan.a $(B)/librevplan_models.a \
    $(if $(MPI),$(B)/revplan-mpi)

tests: all $(UNIT) $(STAT)
ifneq ($(VARIANT),fuzz)
tests: $(FUZZ)
endif

$(B)/revplan: $(MAIN) $(B)/program.a $(B)/librevplan.a
	@echo '  LINK  $@'
	@$(CC) $(ALL_CFLAGS) -o $@ $^ $(ALL_LIBS)

# The compiler is ours, what it needs to know of MPI is told by its wrapper.
MPICC ?= mpicc
WRAPPED = OMPI_CC='$(CC)' MPICH_CC='$(CC)' $(MPICC)
$(MPI_CREW): COMPILE = $(WRAPPED)
$(B)/revplan-mpi: $(MAIN) $(MPI_CREW) $(B)/program.a $(B)/librevplan.a
	@echo '  LINK  $@'
	@$(WRAPPED) $(ALL_CFLAGS) -o $@ $^ $(ALL_LIBS)

$(B)/librevplan_models.a: $(MODELS)
$(B)/librevplan.a: $(MODELS) $(WORLD)
$(B)/program.a: $(PROGRAM)
$(B)/tests/support.a: $(SUPPORT)
# Thin archives would break when installed; old members must not linger.
$(B)/%.a:
	@echo '  AR    $@'
	@rm -f $@
	@$(AR) rcs $@ $^

# The cases of `revplan new`, so that a lone binary has them.
TEMPLATES = $(sort $(wildcard scenarios/templates/*.yaml))
$(B)/gen/templates.c: planner/embed.sh $(TEMPLATES)
	@mkdir -p $(@D)
	@planner/embed.sh $(TEMPLATES) >$@.new && mv $@.new $@
$(B)/gen/templates.o: $(B)/gen/templates.c
	@$(CC) $(ALL_CFLAGS) -Iplanner -c -o $@ $<

TESTED = $(B)/tests/support.a $(B)/program.a $(B)/librevplan.a
$(UNIT) $(STAT): $(B)/%: $(B)/%.o $(TESTED)
	@echo '  LINK  $@'
	@$(CC) $(ALL_CFLAGS) -o $@ $^ -lcmocka $(ALL_LIBS)

# The replay driver feeds a target its corpus; libFuzzer looks for more.
$(FUZZ): DRIVER = $(if $(filter fuzz,$(VARIANT)),-fsanitize=fuzzer)
ifneq ($(VARIANT),fuzz)
$(FUZZ): $(B)/tests/fuzz/replay.o
endif
$(FUZZ): $(B)/%: $(B)/%.o $(TESTED)
	@echo '  LINK  $@'
	@$(CC) $(ALL_CFLAGS) $(DRIVER) -o $@ $(filter %.o,$^) $(TESTED) \
	    $(ALL_LIBS)

COMPILE = $(CC)
# Warnings are kept beside the object, so that `make check` finds those of
# an earlier build too.
$(B)/%.o: %.c Makefile | libraries
	@mkdir -p $(@D)
	@echo '  CC    $<'
	@$(COMPILE) $(ALL_CFLAGS) $(INCLUDES) -c -o $@ $< 2>$@.warn; \
	    rc=$$?; cat $@.warn >&2; exit $$rc

.SECONDARY:
-include $(shell find $(B) -name '*.d' 2>/dev/null)

libraries:
	@tests/support/deps.sh --check build $(if $(MPI),mpi)

## deps: install what is missing (Debian: apt-get; elsewhere: says what)
deps:
	@tests/support/deps.sh --install run check

## demo: install what is missing, build, and run the main job on a real case
demo:
	@tests/support/deps.sh --install run
	@$(MAKE) --no-print-directory -j$(JOBS) VARIANT=release all
	@tests/support/demo.sh $(BUILD)/release/revplan $(BUILD)/demo

## check: install what is missing, build release and asan, run every test
check:
	@tests/support/deps.sh --install run check
	@MAKE='$(MAKE)' JOBS=$(JOBS) BUILD=$(BUILD) tests/support/check.sh

## check-unit: cmocka tests of $VARIANT
check-unit: $(UNIT)
	@JOBS=$(JOBS) tests/support/run-unit.sh unit-$(VARIANT) $(UNIT)

## check-stat: statistical tests of $VARIANT
check-stat: $(STAT)
	@JOBS=$(JOBS) tests/support/run-unit.sh stat-$(VARIANT) $(STAT)

## check-cli: command line tests of $VARIANT (CASES='compare/*' narrows)
check-cli: $(B)/revplan
	@JOBS=$(JOBS) tests/cli/run.sh cli-$(VARIANT) $(B)/revplan

## check-golden: whole outputs of whole scenarios, with $VARIANT
check-golden: $(B)/revplan
	@tests/golden/run.sh golden-$(VARIANT) $(B)/revplan

## check-fuzz: every fuzz target over its corpus, with $VARIANT
check-fuzz: $(FUZZ)
	@JOBS=$(JOBS) tests/fuzz/run.sh fuzz-$(VARIANT) $(FUZZ)

## check-source: layers, headers alone, banned calls, lengths, equal sets
check-source: all
	@B=$(B) JOBS=$(JOBS) tests/lint/run.sh source

## check-browser: the HTML report in headless Chromium
check-browser: $(B)/revplan
	@tests/browser/run.sh browser $(B)/revplan $(BUILD)/browser

## check-mpi: the same bytes from 1, 2 and 4 processes under mpirun; MPI=1
check-mpi: all
	@tests/mpi/run.sh mpi $(B)/revplan $(B)/revplan-mpi

## check-install: install, use and uninstall in a scratch folder
check-install: all
	@MAKE='$(MAKE)' BUILD=$(BUILD) tests/support/install.sh install

## bless: accept what check-cli and check-golden see now as expected
bless: $(B)/revplan
	@tests/golden/run.sh --bless golden-$(VARIANT) $(B)/revplan
	@JOBS=$(JOBS) tests/cli/run.sh --bless cli-$(VARIANT) $(B)/revplan

## fuzz: look for new faults, FUZZ_SECONDS (60) a target, with libFuzzer
fuzz:
	@tests/support/deps.sh --install run fuzz
	@$(MAKE) --no-print-directory -j$(JOBS) VARIANT=fuzz fuzz-targets
	@tests/fuzz/search.sh $(FUZZ_SECONDS) \
	    $(patsubst %.c,$(BUILD)/fuzz/%,$(wildcard tests/fuzz/fuzz_*.c))
fuzz-targets: $(FUZZ)

## soak: kill import and record KILLS (1000) times; flip 20,000 bits; RANDOM
##   (200) random cases by counts and by certificates; clang-tidy in depth
KILLS ?= 1000
RANDOM ?= 200
soak: $(B)/revplan $(B)/tests/unit/test_seal $(B)/tests/unit/test_store \
    $(B)/tests/stat/test_reference_random
	@found=$$(B=$(B) JOBS=$(JOBS) NODES=225000 tests/lint/functions.sh); \
	    echo "$$found"; [ -z "$$found" ]
	@REVPLAN_EVERY=1 $(B)/tests/unit/test_store
	@tests/soak/kill.sh $(B)/revplan $(KILLS) $$$$
	@REVPLAN_FLIPS=20000 REVPLAN_SEED=$$$$ $(B)/tests/unit/test_seal
	@REVPLAN_SEED=$$((84 + $$$$ % 1000000)) REVPLAN_CASES=$(RANDOM) \
	    REVPLAN_TRIALS=1500 $(B)/tests/stat/test_reference_random

## bench: time and memory beside SimPy, numpy and C; QUICK=1 in a minute
bench:
	@tests/support/deps.sh --install run bench
	@$(MAKE) --no-print-directory -j$(JOBS) all
	@CC='$(CC)' BUILD=$(BUILD) tests/bench/run.sh $(B)/revplan

## bench-draws: what a random draw costs, beside GSL's
$(B)/tests/bench/draws: $(B)/tests/bench/draws.o $(B)/librevplan_models.a
	@echo '  LINK  $@'
	@$(CC) $(ALL_CFLAGS) -o $@ $^ $(ALL_LIBS)
bench-draws: $(B)/tests/bench/draws
	@$<

## bench-growth: time and memory by certificates, populations, trials, horizon
bench-growth: $(B)/revplan
	@CC='$(CC)' BUILD=$(BUILD) tests/bench/growth.sh $(B)/revplan

## bench-error: how far the 80 % date is off, by the design of the inputs
bench-error: $(B)/revplan
	@CC='$(CC)' BUILD=$(BUILD) tests/bench/error.sh $(B)/revplan

## install: into $DESTDIR$PREFIX (default /usr/local)
SHARE = $(DESTDIR)$(PREFIX)/share
BASH_WORDS = $(SHARE)/bash-completion/completions
ZSH_WORDS = $(SHARE)/zsh/site-functions
FISH_WORDS = $(SHARE)/fish/vendor_completions.d
MAN1 = $(wildcard planner/man/*.1)
MAN5 = $(wildcard planner/man/*.5)
install: all
	install -d $(DESTDIR)$(PREFIX)/bin $(DESTDIR)$(PREFIX)/lib/pkgconfig \
	    $(DESTDIR)$(PREFIX)/include/revplan $(SHARE)/man/man1 \
	    $(SHARE)/man/man5 $(SHARE)/revplan $(BASH_WORDS) \
	    $(ZSH_WORDS) $(FISH_WORDS)
	install -m 755 $(B)/revplan $(DESTDIR)$(PREFIX)/bin/
	$(if $(MPI),install -m 755 $(B)/revplan-mpi $(DESTDIR)$(PREFIX)/bin/)
	install -m 644 $(B)/librevplan.a $(DESTDIR)$(PREFIX)/lib/
	sed -e 's,@PREFIX@,$(PREFIX),g' -e 's,@VERSION@,$(VERSION),g' \
	    revplan.pc.in >$(DESTDIR)$(PREFIX)/lib/pkgconfig/revplan.pc
	install -m 644 include/revplan/*.h \
	    $(DESTDIR)$(PREFIX)/include/revplan/
	$(if $(MAN1),install -m 644 $(MAN1) $(SHARE)/man/man1/)
	$(if $(MAN5),install -m 644 $(MAN5) $(SHARE)/man/man5/)
	$(B)/revplan validate --schema >$(SHARE)/revplan/case.schema.json
	$(B)/revplan help --completion bash >$(BASH_WORDS)/revplan
	$(B)/revplan help --completion zsh >$(ZSH_WORDS)/_revplan
	$(B)/revplan help --completion fish >$(FISH_WORDS)/revplan.fish
	rm -rf $(SHARE)/revplan/scenarios
	cp -R scenarios $(SHARE)/revplan/

## uninstall: remove exactly what install put there
uninstall:
	rm -f $(DESTDIR)$(PREFIX)/bin/revplan \
	    $(DESTDIR)$(PREFIX)/bin/revplan-mpi
	rm -f $(DESTDIR)$(PREFIX)/lib/librevplan.a
	rm -f $(DESTDIR)$(PREFIX)/lib/pkgconfig/revplan.pc
	rm -rf $(DESTDIR)$(PREFIX)/include/revplan
	rm -f $(addprefix $(SHARE)/man/man1/,$(notdir $(MAN1)))
	rm -f $(addprefix $(SHARE)/man/man5/,$(notdir $(MAN5)))
	rm -f $(BASH_WORDS)/revplan $(ZSH_WORDS)/_revplan
	rm -f $(FISH_WORDS)/revplan.fish
	rm -rf $(SHARE)/revplan

## clean: remove build/
clean:
	rm -rf $(BUILD)

## help: this list
help:
	@sed -n 's/^## \([^:]*\): /\1\t/p' Makefile | \
	    while IFS="$$(printf '\t')" read -r t s; do \
	    printf '  %-14s %s\n' "$$t" "$$s"; done

.DEFAULT_GOAL = all
.PHONY: all tests libraries deps demo check check-unit check-stat check-cli \
    check-golden check-fuzz check-source check-browser check-mpi \
    check-install bless fuzz fuzz-targets soak bench bench-growth \
    bench-draws bench-error \
    install uninstall clean help
