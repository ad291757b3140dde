import { say } from '../../../../../say';
import { judgeWrite } from '../../../scope';
import { constantOf, describeField } from '../../field';
import type { Doing } from '../doings';
import { asks, installs, looksHere, makes, outside, remote, runs } from '../doings';
import type { Family } from '../family';
import { type Act, tool } from '../tool';

const cargoRun: Act = {
  options: {
    flag: '--release -r --all --workspace --all-targets --all-features --no-default-features --lib --bins --tests --examples --benches --no-run --no-fail-fast --doc --keep-going --no-deps --open --document-private-items --fix --allow-dirty --allow-staged --future-incompat-report --ignore-rust-version',
    value:
      '-p --package --exclude --bin --test --example --bench --features -F --target -j --jobs --profile --message-format',
    reads: '--manifest-path',
    makes: '--target-dir',
  },
  operands: 'data',
  does: [runs(['rust'], 'Cargo.toml', 'build.rs'), makes('target')],
};

const goRun: Act = {
  options: {
    flag: '-v -race -cover -short -failfast -json -x -n -a -work -trimpath -u -t -m -benchmem -w -l -d -s -e -all -msan',
    value:
      '-run -bench -count -timeout -parallel -cpu -tags -p -covermode -coverpkg -skip -shuffle -vet -fuzz -fuzztime -benchtime -f -mod -buildvcs -list',
    writes: '-o -coverprofile -cpuprofile -memprofile',
  },
  reading: { longWithOneDash: true, noClusters: true },
  operands: 'data',
  shape: /^(?![/~]|.*\.\.\/\.\.)[\w./*:=-]+$/,
  does: [runs(['go'], 'go.mod')],
};

/** A folder given on the line, where something is put. */
const intoProject: Doing = {
  name: 'into the project',
  run(at) {
    for (const field of at.operands) {
      const path = /^\w+=(\/.*)$/.exec(constantOf(field) ?? '')?.[1];
      if (path !== undefined)
        judgeWrite(at.shell.report, path, { span: field.span, certainty: at.context.certainty }, 'folder');
    }
  },
};

/** A definition that names a program, or where to find one. */
const withoutPrograms: Doing = {
  name: 'without programs',
  run(at) {
    for (const { name, value } of at.options)
      if (
        name === '-D' &&
        value &&
        /COMPILER|LAUNCHER|LINKER|PROGRAM|TOOLCHAIN|EXECUTABLE|_COMMAND|RULE|EMULATOR|PROJECT_INCLUDE|MODULE_PATH/i.test(
          describeField(value),
        )
      )
        at.shell.doubt(
          'command.option',
          say('{0} names a program for {1} to run', describeField(value), at.name),
          value.span,
        );
  },
};

/** Build systems, compilers and the tools of compiled languages. */
export const nativeTools: readonly Family[] = [
  tool({
    programs: ['make', 'gmake', 'ninja', 'samu'],
    options: {
      flag: '-k -s -i -n -B -w -d -q -t -v --silent --quiet --keep-going --dry-run --just-print --always-make --no-print-directory --print-directory --trace --question --verbose -r -R --ignore-errors',
      value: '-l --load-average',
      optional: '-j --jobs',
      runs: '-f --file --makefile',
      moves: '-C --directory',
    },
    operands: 'data',
    // Variables given on the line: none that names a program or flags of one.
    shape:
      /^(?:(?!(?:SHELL|MAKEFLAGS|MFLAGS|GNUMAKEFLAGS|MAKEFILES|MAKE|CC|CXX|CPP|LD|AR|AS|CFLAGS|CXXFLAGS|CPPFLAGS|LDFLAGS|LDLIBS|PYTHON|NODE|NPM|GO|CARGO|DOCKER|CURL|WGET|RM|MV|CP|INSTALL|SUDO|PATH|LD_\w+|\.\w+)=)[A-Za-z_]\w*=(?!.*(?:[$`;|&<>]|\.\.\/))(?:[\w.,:@+= -]*|(?:\.\/|\/|\w)[\w./-]*)|[\w.+%@-]+(?:\/[\w.+%@-]+)*)$/,
    does: [
      runs(['make', 'shell', 'python', 'javascript', 'native'], 'Makefile', 'makefile', 'GNUmakefile', 'build.ninja'),
      intoProject,
    ],
    match: [
      'make -k -s -i -n -B -w -d -q -t -v --silent --quiet --keep-going --dry-run --just-print --always-make --no-print-directory --print-directory --trace --question --verbose -r -R --ignore-errors all',
      'make -j4 --jobs=4 -l 2 --load-average=2 -f other.mk --file=other.mk --makefile=other.mk -C docs --directory=docs test V=1 TEST=a/b',
      'make html O=-W; ninja',
      'make install PREFIX=/home/me/ws/out',
    ],
    notMatch: [
      'make SHELL=./x test',
      'make CC=./x',
      'make install PREFIX=/usr',
      'make --eval=x',
      'make -f /srv/x.mk',
      'make -C /srv',
      'cd /srv && make',
      'make -I /srv test',
      "make X='$(shell touch /tmp/x)'",
      'make MAKEFLAGS=--eval=x',
    ],
  }),
  tool({
    programs: [
      'just',
      'task',
      'invoke',
      'inv',
      'rake',
      'mage',
      'doit',
      'scons',
      'waf',
      'bazel',
      'buck2',
      'pants',
      'ant',
      'poe',
      'taskipy',
      'xmake',
    ],
    options: {
      flag: '-l --list --dry-run -n --summary -s --verbose -v --quiet -q --trace -T -P --choose --show --keep_going -k --color --no-color -f -w --force',
      value: '-j --jobs --test_output --config --test_filter --compilation_mode',
    },
    operands: 'data',
    shape: /^(?![/~]|.*\.\.\/)[^$`;|&<>]*$/,
    does: [
      runs(
        ['make', 'shell', 'python', 'javascript', 'ruby', 'go', 'other'],
        'justfile',
        'Justfile',
        '.justfile',
        'Taskfile.yml',
        'Rakefile',
        'tasks.py',
      ),
    ],
    match: [
      'just -l --list --dry-run -n --summary -s --verbose -v --quiet -q --trace -T -P --choose --show --keep_going -k --color --no-color -f -w --force -j 2 --jobs=2 --test_output=all --config=x --test_filter=x --compilation_mode=opt build',
      'rake test; task build',
    ],
    notMatch: [
      'just --justfile /srv/x build',
      'bazel run --script_path=/srv/x //a',
      'cd /srv && just build',
      'just ../x',
    ],
  }),
  tool({
    programs: ['cmake'],
    options: {
      flag: '--fresh --debug-output --trace --list-presets --verbose -v --clean-first -N -L',
      value: '-D -G -T -U --preset --target -t --config --component --parallel',
      optional: '-j -W',
      looks: '-S',
      makes: '-B --build --install --prefix',
    },
    operands: 'tree',
    // A compiler or launcher that is named on the line is run.
    does: [runs(['make', 'native'], 'CMakeLists.txt'), makes('build'), withoutPrograms],
    match: [
      'cmake -S . -B build --fresh --debug-output --trace --list-presets --verbose -v --clean-first -N -L -D CMAKE_BUILD_TYPE=Debug -G Ninja -T x -U y --preset=x -Wno-dev',
      'cmake --build build --target all -t all --config Debug --component x --parallel 2 -j4; cmake --install build --prefix out; cmake .',
    ],
    notMatch: [
      'cmake -P x.cmake',
      'cmake -E rm -rf /srv',
      'cmake --install build --prefix /srv',
      'cmake -B /srv/x',
      'cd /srv && cmake .',
      'cmake -C /srv/x.cmake .',
      'cmake -DCMAKE_C_COMPILER=./x -B build',
      'cmake -D CMAKE_CXX_COMPILER_LAUNCHER=./x .',
    ],
  }),
  tool({
    programs: ['ctest', 'meson'],
    commands: {
      'setup compile test configure introspect': {
        options: {
          flag: '--wipe --reconfigure --clean -v --verbose --print-errorlogs',
          value: '-D --buildtype -j -t --suite',
          moves: '-C',
        },
        operands: 'make tree',
        does: [runs(['make', 'native'], 'meson.build'), makes('build')],
      },
    },
    bare: {
      options: {
        flag: '-V --verbose --output-on-failure -N --rerun-failed --show-only --progress',
        value: '-R -E -L -j --parallel -C --timeout --repeat --build-config',
        moves: '--test-dir',
      },
      operands: 'none',
      does: [runs(['make', 'native'])],
    },
    match: [
      'meson setup --wipe --reconfigure --clean -v --verbose --print-errorlogs -D a=b --buildtype=debug -j 2 -t 2 --suite=a build src',
      'meson compile -C build; meson test -C build; meson configure build; meson introspect build',
      'ctest -V --verbose --output-on-failure -N --rerun-failed --show-only --progress -R x -E y -L z -j 2 --parallel=2 -C Debug --timeout=9 --repeat=until-fail --build-config=Debug --test-dir=build',
    ],
    notMatch: [
      'meson install',
      'meson setup /srv/x',
      'ctest -S x.cmake',
      'cd /srv && ctest',
      'cd /srv && meson setup build',
      'ctest --test-dir /srv',
    ],
  }),
  tool({
    programs: ['cargo'],
    options: { flag: '-q --quiet -v --verbose --offline --locked --frozen --list', value: '--color', moves: '-C' },
    commands: {
      'build b check c test t run r bench doc d clippy rustc rustdoc nextest fetch expand miri llvm-cov machete udeps hack fix':
        cargoRun,
      fmt: {
        options: { flag: '--all --check', value: '-p --package --message-format', reads: '--manifest-path' },
        operands: 'data',
        does: [makes('.')],
      },
      'add update generate-lockfile vendor remove rm': {
        options: {
          flag: '--dev --build --no-default-features --optional --dry-run --aggressive --workspace -D -B',
          value: '--features -F -p --package --rename --precise',
          moves: '--path',
        },
        does: [installs('crates.io'), makes('Cargo.toml', 'Cargo.lock')],
      },
      'tree metadata search info version help pkgid locate-project read-manifest verify-project outdated deny audit': {
        options: {
          flag: '--no-deps -d --duplicates --all-features --no-dedupe --workspace --json',
          value: '-p --package -i --invert -e --edges --format-version --depth --prefix --features --limit -f --format',
          reads: '--manifest-path',
        },
        operands: 'data',
        does: [looksHere('look')],
      },
      clean: { options: { flag: '--release --doc', value: '-p --package' }, operands: 'none', does: [makes('target')] },
      'new init': {
        options: { flag: '--lib --bin', value: '--name --edition --vcs' },
        operands: 'make',
        does: [makes('Cargo.toml')],
      },
      'install uninstall publish yank owner login logout package': {
        does: [remote('a registry, or the programs of the user')],
      },
    },
    match: [
      'cargo build --release -r --all --workspace --all-targets --all-features --no-default-features --lib --bins --tests --examples --benches --no-run --no-fail-fast --doc --offline --locked --frozen -q --quiet -v --verbose --keep-going --no-deps --open --document-private-items --fix --allow-dirty --allow-staged --future-incompat-report --ignore-rust-version',
      'cargo test -p a --package=a --exclude=b --bin=a --test=t --example=e --bench=b --features=x -F x --target=x -j 2 --jobs=2 --profile=dev --message-format=json --color=never --manifest-path=Cargo.toml --target-dir=target name -- --nocapture',
      ...'b check c t run r bench doc d clippy rustc rustdoc nextest fetch expand miri llvm-cov machete udeps hack fix'
        .split(' ')
        .map((name) => `cargo ${name}`),
      'cargo fmt --all --check -v -q -p a --package=a --message-format=short --manifest-path=Cargo.toml -- --check',
      'cargo add serde --dev --build --no-default-features --optional --dry-run --features=x -F x -p a --package=a --rename=b --path=crates/a; cargo update --aggressive --workspace --precise=1.0.0; cargo generate-lockfile; cargo vendor; cargo remove -D -B x; cargo rm x',
      'cargo tree --no-deps -d --duplicates --all-features --no-dedupe --workspace --json -p a --package=a -i b --invert=b -e normal --edges=normal --format-version=1 --depth=1 --prefix=none --features=x --limit=1 -f x --format=x --manifest-path=Cargo.toml',
      ...'metadata search info version help pkgid locate-project read-manifest verify-project outdated deny audit'
        .split(' ')
        .map((name) => `cargo ${name}`),
      'cargo clean --release --doc -p a --package=a; cargo new --lib --bin --name=a --edition=2021 --vcs=none sub; cargo init sub',
      'cargo -q --quiet -v --verbose --offline --locked --frozen --list --color=never -C . check',
    ],
    notMatch: [
      'cargo install x',
      'cargo publish',
      'cargo --config build.rustc-wrapper=./x build',
      'cargo yank x',
      'cargo owner x',
      'cargo login',
      'cargo add --git https://x.example/a',
      'cargo -C /srv build',
      'cd /srv && cargo test',
      'cargo build --target-dir /srv',
      'cargo uninstall x',
      'cargo logout',
      'cargo package',
    ],
  }),
  tool({
    programs: ['go'],
    options: { moves: '-C' },
    commands: {
      'build test vet run list fmt doc tool version generate': goRun,
      // It writes settings with -w.
      env: {
        options: { flag: '-json -changed' },
        reading: { noClusters: true },
        operands: 'data',
        does: [looksHere('look')],
      },
      mod: {
        commands: {
          'tidy download verify graph why vendor edit init': {
            options: { flag: '-v -json -x -m -vendor -fmt -print', value: '-go -compat -require -droprequire' },
            reading: { longWithOneDash: true, noClusters: true },
            operands: 'data',
            does: [installs('proxy.golang.org', 'local'), makes('go.mod', 'go.sum')],
          },
        },
      },
      get: {
        options: { flag: '-u -t -d -v -x' },
        reading: { noClusters: true },
        operands: 'data',
        shape: /^(?:\.\/?(?:\.\.\.)?|[\w.-]+\.[a-z]{2,}(?:\/[\w.~-]+)+(?:@[\w.+-]+)?|\.\/\.\.\.)$/,
        does: [makes('go.mod', 'go.sum'), asks('proxy.golang.org')],
      },
      clean: {
        options: { flag: '-testcache -cache -i -r -x -n -fuzzcache' },
        reading: { noClusters: true },
        operands: 'data',
        does: [makes('.')],
      },
      work: { commands: { 'init use sync edit': { operands: 'data', does: [makes('go.work')] } } },
      install: { does: [outside('the programs of the user')] },
    },
    match: [
      'go build -v -race -cover -json -x -n -a -work -trimpath -msan ./...',
      'go test -short -failfast -benchmem -run=x -bench=. -count=1 -timeout=9s -parallel=2 -cpu=1 -tags=a -p=2 -covermode=atomic -coverpkg=./... -skip=x -shuffle=on -vet=off -fuzz=x -fuzztime=9s -benchtime=9s -mod=mod -buildvcs=false -list=x -o out.test -coverprofile=c.out -cpuprofile=p.out -memprofile=m.out ./pkg/...',
      'go list -u -t -m -e -all -f x ./...; go vet ./...; go run ./cmd/a; go fmt ./...; go doc fmt; go tool cover; go version; go generate ./...; go tool fix -w -l -d -s',
      'go env -json -changed GOPATH',
      'go mod tidy -v -x -m -go=1.22 -compat=1.21; go mod download -json; go mod verify; go mod graph; go mod why x; go mod vendor; go mod edit -fmt -print -vendor -require=x -droprequire=x; go mod init x',
      'go get -u -t -d -v -x golang.org/x/text@v0.3.0; go get ./...; go clean -testcache -cache -i -r -x -n -fuzzcache; go work init; go work use; go work sync; go work edit; go -C sub build',
    ],
    notMatch: [
      'go install x.example/a@latest',
      'go test -exec ./x ./...',
      'go build -toolexec ./x',
      'go vet -vettool=./x ./...',
      'go env -w GOPROXY=x',
      'go build -o /srv/x',
      'go run x.example/a@latest',
      'cd /srv && go test',
      'go run ../../x',
      'cd /srv && go clean',
      'cd /srv && go work init',
      'cd /srv && go mod tidy',
      'cd /srv && go get ./...',
      'go get https://x.example/a',
      'go -C /srv build',
    ],
  }),
];
