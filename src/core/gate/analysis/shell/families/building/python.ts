import { changesOperands, listens, looksHere, makes, runs, when } from '../doings';
import type { Family } from '../family';
import { tool } from '../tool';

const python = ['python'] as const;

/** Test runners, linters, formatters and document builders of Python projects. */
export const pythonTools: readonly Family[] = [
  tool({
    programs: ['pytest', 'py.test'],
    options: {
      flag: '-q -v -s -x -l --quiet --verbose --exitfirst --lf --ff --nf --sw --last-failed --failed-first --new-first --stepwise --stepwise-skip --no-header --no-summary --collect-only --co --markers --fixtures --showlocals --full-trace --disable-warnings --disable-pytest-warnings --strict-markers --strict-config --strict --runxfail --setup-show --setup-only --setup-plan --cache-clear --no-cov --cov-append --cov-branch --doctest-modules --doctest-continue-on-failure --runslow --run-slow --reuse-db --create-db --nomigrations --no-migrations --ds-loud --snapshot-update --benchmark-only --benchmark-skip --benchmark-disable --keep-duplicates --continue-on-collection-errors --pyargs --trace-config --debug-mode --random-order --forked --mpl --noconftest --headed -h --durations-all --sugar --mypy --flake8 --black --isort --ruff --pylint --nbval --nbval-lax',
      value:
        '-k -m -n -r -W -o --maxfail --tb --durations --durations-min --color --show-capture --capture --import-mode --verbosity --cov-fail-under --timeout --timeout-method --dist --numprocesses --reruns --reruns-delay --ds --asyncio-mode --log-level --log-cli-level --log-format --log-cli --deselect --count --seed --randomly-seed --hypothesis-profile --hypothesis-seed --browser --doctest-glob --override-ini --maxprocesses --max-worker-restart --benchmark-min-rounds --assert --code-highlight --tx --env --markexpr --pythonwarnings',
      optional: '--cov --cov-report --cache-show',
      looks: '--ignore --ignore-glob --rootdir --confcutdir --cov-config -c --config-file',
      writes: '--junitxml --junit-xml --resultlog --html --log-file --report-log --json-report-file',
    },
    operands: 'data',
    shape: /^(?![/~]|.*\.\.\/)[^\n]*$/,
    does: [runs(python, 'conftest.py', 'pyproject.toml', 'pytest.ini', 'setup.cfg', 'tox.ini'), makes('.pytest_cache')],
    match: [
      'pytest -q -qq -v -vv -vvv -s -x -l --quiet --verbose --exitfirst --lf --ff --nf --sw --last-failed --failed-first --new-first --stepwise --stepwise-skip --no-header --no-summary --collect-only --co --markers --fixtures --showlocals --full-trace --disable-warnings --disable-pytest-warnings --strict-markers --strict-config --strict --runxfail --setup-show --setup-only --setup-plan --cache-clear --no-cov --cov-append --cov-branch --doctest-modules --doctest-continue-on-failure tests',
      'pytest --runslow --run-slow --reuse-db --create-db --nomigrations --no-migrations --ds-loud --snapshot-update --benchmark-only --benchmark-skip --benchmark-disable --keep-duplicates --continue-on-collection-errors --pyargs --trace-config --debug-mode --random-order --forked --mpl --noconftest --headed --durations-all --sugar --mypy --flake8 --black --isort --ruff --pylint --nbval --nbval-lax tests/test_a.py::test_b',
      "pytest -k 'a and not b' -m slow -n auto -r a -W ignore -o x=y --maxfail=1 --tb=short --durations=5 --durations-min=1 --color=no --show-capture=no --capture=no --import-mode=importlib --verbosity=1 --cov-fail-under=80 --timeout=5 --timeout-method=thread --dist=load --numprocesses=2 --reruns=2 --reruns-delay=1 --ds=a.settings --asyncio-mode=auto --log-level=INFO --log-cli-level=INFO --log-format=x --log-cli=true --deselect=a --count=2 --seed=1 --randomly-seed=1 --hypothesis-profile=ci --hypothesis-seed=1 --browser=chromium --doctest-glob=x --override-ini=a=b --maxprocesses=2 --max-worker-restart=1 --benchmark-min-rounds=1 --assert=plain --code-highlight=no --tx=popen --env=x --markexpr=x --pythonwarnings=ignore",
      'pytest --cov=src --cov-report=term --cache-show --ignore=a --ignore-glob=b --rootdir=. --confcutdir=. --cov-config=.coveragerc -c pytest.ini --config-file=pytest.ini',
      'pytest --junitxml=out.xml --junit-xml=out.xml --resultlog=r --html=report.html --log-file=a.log --report-log=b.log --json-report-file=c.json',
      'pytest --version; pytest -h; py.test -x',
    ],
    notMatch: [
      'pytest -p evil',
      'pytest --basetemp=/home/me',
      'pytest /srv/tests',
      'pytest ../other',
      'cd /srv && pytest',
      'pytest --what',
      'pytest --junitxml=/srv/x.xml',
      'pytest --junitxml=.git/config',
    ],
  }),
  tool({
    programs: ['tox', 'nox'],
    options: {
      flag: '-p -q -v -r -s --recreate --parallel --skip-missing-interpreters -l --list --notest --reuse-existing-virtualenvs -R --no-install',
      value: '-e --env -f --sessions -k --tags -t',
    },
    operands: 'data',
    does: [runs(python, 'tox.ini', 'pyproject.toml', 'noxfile.py', 'setup.cfg'), makes('.tox', '.nox')],
    match: [
      'tox -p -q -v -r -s --recreate --parallel --skip-missing-interpreters -l --list --notest -e py311 --env=py311 -f x',
      'nox --reuse-existing-virtualenvs -R --no-install --sessions=tests -k x --tags=a -t b',
    ],
    notMatch: ['cd /srv && tox', 'tox -c /srv/tox.ini', 'nox -f /srv/noxfile.py --what'],
  }),
  tool({
    programs: ['ruff'],
    commands: {
      check: {
        options: {
          flag: '--fix --no-fix --unsafe-fixes --show-fixes --diff --watch --preview --no-cache --exit-zero --exit-non-zero-on-fix --statistics --add-noqa --show-files --show-settings --quiet -q --verbose -v --fix-only --silent --no-preview --isolated --force-exclude --respect-gitignore',
          value:
            '--select --ignore --extend-select --extend-ignore --output-format --target-version --exclude --extend-exclude --per-file-ignores --line-length --fixable --unfixable --format --stdin-filename --color',
          reads: '--config',
          writes: '--output-file -o',
          makes: '--cache-dir',
        },
        operands: 'recursive',
        does: [
          looksHere(),
          when('--fix', changesOperands),
          when('--fix-only', changesOperands),
          when('--add-noqa', changesOperands),
        ],
      },
      format: {
        options: {
          flag: '--check --diff --preview --no-cache --quiet -q --verbose -v --isolated --force-exclude --respect-gitignore --silent',
          value: '--line-length --target-version --exclude --extend-exclude --stdin-filename --range',
          reads: '--config',
        },
        operands: 'change',
        does: [makes('.')],
      },
      'rule linter config version clean help': {},
    },
    bare: {
      options: { flag: '--fix' },
      operands: 'recursive',
      does: [looksHere(), when('--fix', changesOperands)],
    },
    match: [
      'ruff check --fix --no-fix --unsafe-fixes --show-fixes --diff --watch --preview --no-cache --exit-zero --exit-non-zero-on-fix --statistics --add-noqa --show-files --show-settings --quiet -q --verbose -v --fix-only --silent --no-preview --isolated --force-exclude --respect-gitignore src',
      'ruff check --select=E --ignore=E --extend-select=E --extend-ignore=E --output-format=json --target-version=py311 --exclude=a --extend-exclude=b --per-file-ignores=a:b --line-length=9 --fixable=E --unfixable=E --format=x --stdin-filename=a.py --color=never --config=ruff.toml --output-file=o.txt -o o.txt --cache-dir=.c',
      'ruff check --fix; ruff check --fix-only; ruff check --add-noqa; ruff check',
      'ruff format --check --diff --preview --no-cache --quiet -q --verbose -v --isolated --force-exclude --respect-gitignore --silent --line-length=9 --target-version=x --exclude=x --extend-exclude=x --stdin-filename=x --range=1 --config=x src',
      'ruff rule E501; ruff linter; ruff config; ruff version; ruff clean; ruff help; ruff src --fix; ruff --version; ruff src',
    ],
    notMatch: [
      'ruff check ~/.ssh',
      'ruff check --output-file=/srv/x',
      'ruff format /srv/x',
      'cd /srv && ruff format .',
      'ruff check --fix /srv/x',
      'ruff server --what',
    ],
  }),
  tool({
    programs: [
      'black',
      'isort',
      'autopep8',
      'yapf',
      'docformatter',
      'pyupgrade',
      'autoflake',
      'add-trailing-comma',
      'usort',
      'ufmt',
      'blue',
      'djlint',
      'pycln',
      'unimport',
    ],
    options: {
      flag: '--check --diff --color --no-color --quiet -q --verbose -v --fast --safe --preview --skip-string-normalization -S --skip-magic-trailing-comma -C --check-only -c --atomic -i --in-place --recursive -r -a --aggressive --remove-all-unused-imports --remove-unused-variables --py36-plus --py37-plus --py38-plus --py39-plus --py310-plus --py311-plus --reformat --lint --force-sort-within-sections --float-to-top --stdout',
      value:
        '--line-length -l --target-version -t --exclude --include --extend-exclude --profile --max-line-length --select --ignore --skip --multi-line --style --stdin-filename --workers -W --jobs -j --indent --project -p --known-first-party',
      reads: '--config --settings-path --settings-file --sp',
    },
    operands: 'change',
    does: [makes('.')],
    match: [
      'black --check --diff --color --no-color --quiet -q --verbose -v --fast --safe --preview --skip-string-normalization -S --skip-magic-trailing-comma -C src',
      'isort --check-only -c --atomic --float-to-top --force-sort-within-sections --stdout . --profile=black --skip=x --multi-line=3 --settings-path=. --settings-file=x --sp x --project=a -p a --known-first-party=b',
      'autopep8 -i --in-place --recursive -r -a --aggressive --max-line-length=9 --select=E --ignore=E -j 2 --jobs=2 --indent=4 a.py',
      'pyupgrade --py36-plus --py37-plus --py38-plus --py39-plus --py310-plus --py311-plus a.py',
      'autoflake --remove-all-unused-imports --remove-unused-variables a.py; djlint --reformat --lint a.html; yapf --style=pep8 a.py',
      'black --line-length=9 -l 9 --target-version=py311 -t py311 --exclude=x --include=x --extend-exclude=x --stdin-filename=x --workers=2 -W 2 --config=p.toml; black --version',
    ],
    notMatch: [
      'black /srv/x',
      'black --code x',
      'cd /srv && black .',
      'black ~/.bashrc',
      'isort --ext-format=x .',
      'yapf --what a.py',
    ],
  }),
  tool({
    programs: ['mypy', 'dmypy', 'pyright', 'basedpyright', 'ty'],
    options: {
      flag: '--strict --ignore-missing-imports --no-incremental --pretty --verbose -v --show-error-codes --no-error-summary --namespace-packages --explicit-package-bases --check-untyped-defs --disallow-untyped-defs --warn-unused-ignores --non-interactive --show-traceback --no-color-output --watch -w --stats --outputjson --warnings',
      value:
        '--python-version --platform --disable-error-code --enable-error-code --exclude --follow-imports -p --package -m --module --pythonversion --level',
      reads: '--config-file --project',
      makes: '--cache-dir --html-report',
    },
    operands: 'recursive',
    does: [looksHere()],
    match: [
      'mypy --strict --ignore-missing-imports --no-incremental --pretty --verbose -v --show-error-codes --no-error-summary --namespace-packages --explicit-package-bases --check-untyped-defs --disallow-untyped-defs --warn-unused-ignores --non-interactive --show-traceback --no-color-output src',
      'mypy --python-version=3.11 --platform=linux --disable-error-code=x --enable-error-code=y --exclude=z --follow-imports=skip -p a --package=a -m b --module=b --config-file=x --cache-dir=.c --html-report=r',
      'pyright --watch -w --stats --outputjson --warnings --project=. --pythonversion=3.11 --level=error src; mypy',
    ],
    notMatch: ['mypy ~/.ssh', 'mypy --python-executable=./x src', 'mypy --html-report=/srv/x src', 'mypy --what src'],
  }),
  tool({
    programs: [
      'flake8',
      'pycodestyle',
      'pydocstyle',
      'pyflakes',
      'bandit',
      'vulture',
      'radon',
      'interrogate',
      'codespell',
    ],
    options: {
      flag: '-q -v -r --quiet --verbose --count --show-source --statistics --benchmark --exit-zero --recursive -a -s -n -l -f',
      value:
        '--select --ignore --max-line-length --max-complexity --extend-ignore --extend-select --per-file-ignores --format --exclude --extend-exclude -j --jobs -x --skip -L --ignore-words-list --convention --match --min-confidence --fail-under --color',
      reads: '--config -c',
      writes: '--output-file -o',
    },
    operands: 'recursive',
    does: [looksHere()],
    match: [
      'flake8 -q -v -r --quiet --verbose --count --show-source --statistics --benchmark --exit-zero -a -s -n -f src',
      'flake8 --select=E --ignore=E --max-line-length=9 --max-complexity=9 --extend-ignore=E --extend-select=E --per-file-ignores=a:b --format=x --exclude=a --extend-exclude=b -j 2 --jobs=2 --config=.flake8 --output-file=o.txt --color=never',
      'bandit -r src -x tests -ll -lll -c b.yml -o o.txt --recursive',
      'codespell --skip=x -L a --ignore-words-list=a src; pydocstyle --convention=google --match=x src; vulture src --min-confidence=80; interrogate --fail-under=80 src; flake8',
    ],
    notMatch: [
      'flake8 --output-file=/srv/x',
      'flake8 ~/.aws/credentials',
      'flake8 --enable-extensions=evil src',
      'flake8 --what',
    ],
  }),
  tool({
    programs: ['pylint', 'symilar', 'pyreverse'],
    options: {
      flag: '-E --errors-only --exit-zero --list-msgs --list-msgs-enabled --list-extensions --generate-rcfile --generate-toml-config --full-documentation --verbose -v -a -b -A -S --colorized --no-standalone --disable-all --all-ancestors --all-associated --ignore-comments --ignore-docstrings --ignore-imports --ignore-signatures --show-stdlib --show-builtin',
      value:
        '-d --disable -e --enable -j --jobs -f --output-format --score --msg-template --confidence --fail-under --fail-on --reports -r --good-names-rgxs --bad-names-rgxs --good-names --bad-names --ignore --ignore-patterns --ignore-paths --ignored-modules --max-line-length --max-args --max-locals --py-version --recursive --persistent -y --min-similarity-lines --duplicates -k -o --output -p --project --filter-mode -c --class --ignore-long-lines --max-color-depth --color-palette --source-roots --notes',
      reads: '--rcfile',
      makes: '--output-directory',
      writes: '--output-file',
    },
    operands: 'recursive',
    // Its configuration may name plugins of the project, which it loads.
    does: [runs(python, '.pylintrc', 'pylintrc', 'pyproject.toml', 'setup.cfg')],
    match: [
      'pylint -E --errors-only --exit-zero --list-msgs --list-msgs-enabled --list-extensions --generate-rcfile --generate-toml-config --full-documentation --verbose -v -a -b -A -S --colorized --no-standalone --disable-all --all-ancestors --all-associated --ignore-comments --ignore-docstrings --ignore-imports --ignore-signatures --show-stdlib --show-builtin src',
      'pylint -d C -e W --disable=C --enable=W -j 2 --jobs=2 -f text --output-format=json --score=n --msg-template=x --confidence=HIGH --fail-under=9 --fail-on=E --reports=n -r n --good-names-rgxs=x --bad-names-rgxs=x --good-names=a --bad-names=b --ignore=a --ignore-patterns=b --ignore-paths=c --ignored-modules=d --max-line-length=9 --max-args=9 --max-locals=9 --py-version=3.11 --recursive=y --persistent=n --source-roots=src --notes=x --rcfile=.pylintrc --output-file=o.txt --ignore-long-lines=x src',
      'symilar --min-similarity-lines=4 --duplicates=4 a.py; pyreverse -y n -k 1 -o dot --output=dot -p x --project=x --filter-mode=ALL -c A --class=A --max-color-depth=2 --color-palette=a --output-directory=out src',
    ],
    notMatch: [
      'pylint --init-hook=x src',
      'pylint --load-plugins=evil src',
      'pylint ~/.ssh',
      'cd /srv && pylint .',
      'pyreverse --output-directory=/srv/x src',
      'pylint --what src',
    ],
  }),
  tool({
    programs: ['coverage'],
    commands: {
      'report combine erase debug json xml html lcov annotate': {
        options: {
          flag: '-m --show-missing --skip-covered --skip-empty -i --ignore-errors --keep -a --append --quiet -q --pretty-print',
          value: '--include --omit --fail-under --precision --format --sort',
          writes: '-o',
          makes: '-d --directory',
          reads: '--rcfile --data-file',
        },
        operands: 'data',
        does: [makes('.coverage', 'htmlcov')],
      },
      run: {
        options: {
          flag: '-a --append --branch -p --parallel-mode --timid',
          value: '--source --include --omit --concurrency --context',
          reads: '--rcfile',
          writes: '--data-file',
        },
        reading: { stopAtOperand: true },
        operands: 'run data',
      },
    },
    match: [
      'coverage report -m --show-missing --skip-covered --skip-empty -i --ignore-errors --keep -a --append --quiet -q --pretty-print --include=x --omit=x --fail-under=9 --precision=1 --format=text --sort=cover --rcfile=x --data-file=x',
      'coverage combine; coverage erase; coverage debug sys; coverage json -o o.json; coverage xml; coverage html -d htmlcov --directory=htmlcov; coverage lcov; coverage annotate',
      'coverage run -a --append --branch -p --parallel-mode --timid --source=src --include=x --omit=x --concurrency=thread --context=x --rcfile=x --data-file=.coverage tests/run.py',
    ],
    notMatch: ['coverage html -d /srv/x', 'coverage run /srv/x.py', 'coverage run --what x.py', 'coverage what'],
  }),
  tool({
    programs: ['sphinx-build', 'sphinx-autobuild'],
    options: {
      flag: '-a -E -W -n -q -Q -v -N -T -P --keep-going --fail-on-warning --nitpicky --show-traceback --fresh-env --write-all --quiet --silent --verbose --no-color --color',
      value: '-b -M -D -A -j -t --builder --define --jobs --tag --html-define',
      looks: '-c --conf-dir',
      writes: '-w --warning-file',
      makes: '-d --doctree-dir',
    },
    operands: 'recursive make data',
    does: [runs(python, 'conf.py', 'docs/conf.py', 'docs/source/conf.py')],
    match: [
      'sphinx-build -a -E -W -n -q -Q -v -vv -vvv -N -T -P --keep-going --fail-on-warning --nitpicky --show-traceback --fresh-env --write-all --quiet --silent --verbose --no-color --color docs out',
      'sphinx-build -b html -M html -D a=b -A a=b -j 2 -t x --builder=html --define=a=b --jobs=2 --tag=x --html-define=a=b -c docs --conf-dir=docs -w w.txt --warning-file=w.txt -d dt --doctree-dir=dt docs out index.rst',
    ],
    notMatch: [
      'sphinx-build -b html docs /srv/out',
      'sphinx-build docs out --what',
      'cd /srv && sphinx-build . out',
      'sphinx-build -d /srv/x docs out',
    ],
  }),
  tool({
    programs: ['sphinx-apidoc', 'sphinx-autogen', 'pdoc', 'pdoc3'],
    options: {
      flag: '-f --force -e --separate -F --full -T --no-toc -E --no-headings -P --private -M --module-first -n --dry-run --implicit-namespaces --html -i -l',
      value: '-d --maxdepth -H --doc-project -V --doc-version -R --doc-release -s --suffix',
      makes: '-o --output-dir',
    },
    operands: 'recursive data',
    does: [runs(python)],
    match: [
      'sphinx-apidoc -f --force -e --separate -F --full -T --no-toc -E --no-headings -P --private -M --module-first -n --dry-run --implicit-namespaces -i -l -d 2 --maxdepth=2 -H x --doc-project=x -V 1 --doc-version=1 -R 1 --doc-release=1 -s rst --suffix=rst -o docs --output-dir=docs src',
      'pdoc --html src',
    ],
    notMatch: ['sphinx-apidoc -o /srv/x src', 'sphinx-apidoc --templatedir=x -o docs src', 'cd /srv && pdoc x'],
  }),
  tool({
    programs: ['mkdocs'],
    commands: {
      'build get-deps': {
        options: {
          flag: '-c --clean -s --strict -q --quiet -v --verbose',
          value: '-t --theme',
          reads: '-f --config-file',
          makes: '-d --site-dir',
        },
        does: [runs(python, 'mkdocs.yml')],
      },
      serve: {
        options: { flag: '-s --strict --dirty -o', value: '-a --dev-addr' },
        does: [runs(python, 'mkdocs.yml'), listens],
      },
    },
    match: [
      'mkdocs build -c --clean -s --strict -q --quiet -v --verbose -t x --theme=x -f mkdocs.yml --config-file=mkdocs.yml -d site --site-dir=site; mkdocs get-deps',
      'mkdocs serve -s --strict --dirty -o -a localhost:8000 --dev-addr=localhost:8000',
    ],
    notMatch: ['mkdocs gh-deploy', 'mkdocs build -d /srv/x', 'cd /srv && mkdocs build', 'cd /srv && mkdocs serve'],
  }),
  tool({
    programs: ['sphinx-quickstart'],
    options: {
      flag: '-q --quiet --sep --no-sep --makefile --no-makefile --batchfile --no-batchfile --ext-autodoc --ext-doctest --ext-intersphinx --ext-todo --ext-viewcode --ext-githubpages -m -M',
      value: '-p --project -a --author -v --version -r --release -l --language --extensions --suffix --master --dot',
    },
    operands: 'make',
    does: [makes('.')],
    match: [
      'sphinx-quickstart -q --quiet --sep --no-sep --makefile --no-makefile --batchfile --no-batchfile --ext-autodoc --ext-doctest --ext-intersphinx --ext-todo --ext-viewcode --ext-githubpages -m -M -p X --project=X -a me --author=me -v 1 --version=1 -r 1 --release=1 -l en --language=en --extensions=a --suffix=.rst --master=index --dot=_ docs',
    ],
    notMatch: [
      'sphinx-quickstart -q -t /srv/x docs',
      'sphinx-quickstart -q /srv/docs',
      'cd /srv && sphinx-quickstart -q',
    ],
  }),
  tool({
    programs: ['django-admin'],
    options: {
      flag: '--noinput --no-input --traceback --no-color --skip-checks --force-color',
      value: '--settings -v --verbosity',
    },
    commands: {
      'check makemigrations showmigrations sqlmigrate test diffsettings makemessages compilemessages collectstatic inspectdb dumpdata findstatic migrate version help optimizemigration squashmigrations':
        {
          options: {
            flag: '--dry-run --check --merge --empty --plan --list --keepdb --parallel --failfast --fake --run-syncdb --no-header',
            value: '-n --name --tag --database -k -a --locale -l',
          },
          operands: 'data',
          does: [runs(python), makes('.')],
        },
      'startproject startapp': { operands: 'data make', does: [makes('.')] },
      'runserver testserver': {
        options: { flag: '--noreload --nothreading --insecure' },
        operands: 'data',
        shape: /^(?:(?:127\.0\.0\.1|localhost):)?\d{2,5}$/,
        does: [runs(python), listens],
      },
    },
    match: [
      'django-admin check; django-admin makemigrations a --dry-run --check --merge --empty -n x --name=x; django-admin showmigrations --plan --list; django-admin sqlmigrate a 1; django-admin diffsettings; django-admin makemessages -l de --locale=de -a x; django-admin compilemessages; django-admin collectstatic --noinput --no-input; django-admin inspectdb --database=x; django-admin dumpdata; django-admin findstatic x; django-admin version; django-admin help; django-admin optimizemigration a 1; django-admin squashmigrations a 1',
      'django-admin test --keepdb --parallel --failfast --no-header --tag=x -k x -v 2 --verbosity=2 --traceback --no-color --skip-checks --force-color --settings=a.b; django-admin migrate --fake --run-syncdb',
      'django-admin startproject site; django-admin startapp a; django-admin runserver 8000 --noreload --nothreading --insecure; django-admin testserver',
    ],
    notMatch: [
      'django-admin flush',
      'django-admin shell',
      'django-admin runserver 0.0.0.0:8000',
      'cd /srv && django-admin test',
      'cd /srv && django-admin startapp a',
      'cd /srv && django-admin runserver',
      'django-admin startproject a /srv/b',
    ],
  }),
  tool({
    programs: ['pre-commit'],
    commands: {
      run: {
        options: {
          flag: '--all-files -a --verbose -v --show-diff-on-failure',
          value: '--hook-stage --color --from-ref --to-ref',
          looks: '--files',
        },
        operands: 'data',
        does: [runs(['python', 'shell', 'javascript'], '.pre-commit-config.yaml'), makes('.')],
      },
      'validate-config validate-manifest sample-config help': { operands: 'read' },
    },
    match: [
      'pre-commit run --all-files -a --verbose -v --show-diff-on-failure --hook-stage=manual --color=never --from-ref=a --to-ref=b --files x ruff',
      'pre-commit validate-config; pre-commit validate-manifest; pre-commit sample-config; pre-commit help; pre-commit --version',
    ],
    notMatch: [
      'pre-commit install',
      'pre-commit autoupdate',
      'pre-commit run -c /srv/x',
      'cd /srv && pre-commit run',
      'pre-commit try-repo x',
    ],
  }),
];
