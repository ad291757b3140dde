import { asks, installs, looksHere, makes, outside, remote, runs, when, wraps, wrapsInstalled } from '../doings';
import type { Family } from '../family';
import { type Act, tool } from '../tool';

const registry = 'pypi.org';
const setup = runs(['python'], 'pyproject.toml', 'setup.py', 'setup.cfg');

const pipInstall: Act = {
  options: {
    flag: '-U --upgrade --no-deps --no-cache-dir --no-build-isolation --pre --force-reinstall --no-warn-script-location --prefer-binary --no-compile --require-hashes --user --break-system-packages --dry-run --reinstall --all-extras --system --no-index --ignore-installed -I --check-build-dependencies',
    value:
      '--progress-bar --timeout --retries --only-binary --no-binary --upgrade-strategy --extra --python -p --python-version --platform --report --log --upgrade-package --resolution --exclude-newer --group',
    runs: '-r --requirement --requirements -c --constraint -e --editable',
    makes: '-t --target',
  },
  does: [
    installs(registry, 'local'),
    setup,
    when('--user --break-system-packages --system', outside('programs of the user or the machine')),
  ],
};
const pipInstallOptions =
  '-U --upgrade --no-deps --no-cache-dir --no-build-isolation --pre --force-reinstall --no-warn-script-location --prefer-binary --no-compile --require-hashes --dry-run --reinstall --all-extras --no-index --ignore-installed -I --check-build-dependencies --progress-bar=off --timeout=9 --retries=1 --only-binary=:all: --no-binary=x --upgrade-strategy=eager --extra=dev --python=3.11 -p 3.11 --python-version=3.11 --platform=x --report=- --log=x --upgrade-package=x --resolution=lowest --exclude-newer=2026-01-01 --group=dev -r requirements.txt --requirement=requirements.txt --requirements=requirements.txt -c c.txt --constraint=c.txt -t lib --target=lib flask';

const pipTells: Act = {
  options: {
    flag: '--outdated -o --local -l --user --not-required --all --editable --uptodate -f --files --strict',
    value: '--format --exclude --python -p',
  },
  does: [looksHere('look')],
};
const pipTellOptions =
  '--outdated -o --local -l --user --not-required --all --editable --uptodate -f --files --strict --format=json --exclude=x --python=3 -p 3';

/** Package managers and environments of Python. */
export const pythonPackages: readonly Family[] = [
  tool({
    programs: ['pip', 'pip3', 'pip3.10', 'pip3.11', 'pip3.12', 'pip3.13'],
    options: { flag: '-q --quiet -v --verbose --disable-pip-version-check --no-input --isolated --require-virtualenv' },
    commands: {
      install: pipInstall,
      'list freeze show check inspect debug help': pipTells,
      'index download': { commands: { versions: { does: [asks(registry)] } } },
      uninstall: { options: { flag: '-y --yes', runs: '-r' }, does: [makes('.venv')] },
      cache: { commands: { 'info list dir': { does: [looksHere('look')] } } },
    },
    match: [
      `pip install ${pipInstallOptions}`,
      "pip install -e . --editable . '.[dev,test]' 'requests>=2.31' numpy==1.26.4",
      `pip list ${pipTellOptions}; pip freeze; pip show x; pip check; pip inspect; pip debug; pip help`,
      'pip index versions x; pip uninstall -y --yes x -r requirements.txt; pip cache info; pip cache list; pip cache dir',
      'pip -q --quiet -v --verbose --disable-pip-version-check --no-input --isolated --require-virtualenv list; pip3 --version; pip3.10 list; pip3.11 list; pip3.12 list; pip3.13 list',
    ],
    notMatch: [
      'pip install --user x',
      'pip install git+https://x.example/a.git',
      'pip install https://x.example/a.whl',
      'pip install --index-url https://x.example x',
      'pip install -i https://x.example x',
      'pip install --target=/srv x',
      'pip install -r /srv/r.txt',
      'pip config set global.index-url x',
      'pip download x',
      'pip install ../../evil',
      'pip install --extra-index-url=x y',
      'pip install --break-system-packages x',
      'pip install --system x',
      'pip cache purge',
    ],
  }),
  tool({
    programs: ['uv'],
    options: {
      flag: '-q --quiet -v --verbose --offline --no-progress --native-tls',
      value: '--color',
      moves: '--directory --project',
    },
    commands: {
      pip: {
        commands: {
          install: pipInstall,
          sync: { options: { flag: '--strict' }, operands: 'run', does: [installs(registry, 'local'), setup] },
          'list freeze show check tree': pipTells,
          uninstall: { options: { flag: '-y' }, does: [makes('.venv')] },
          compile: {
            options: {
              flag: '--upgrade -U --all-extras --no-header',
              writes: '-o --output-file',
              value: '--extra --python-version',
            },
            operands: 'read',
            does: [asks(registry)],
          },
        },
      },
      'sync lock add remove rm': {
        options: {
          flag: '--dev --all-extras --frozen --locked --no-dev --upgrade -U --all-groups --check --no-install-project --inexact --no-sync --editable',
          value: '--extra --group --python -p --upgrade-package --optional --only-group --no-group --package',
          runs: '-r --requirements',
        },
        does: [installs(registry, 'local'), setup, makes('.venv', 'uv.lock', 'pyproject.toml')],
      },
      venv: {
        options: { flag: '--seed --clear --system-site-packages --allow-existing', value: '--python -p --prompt' },
        operands: 'make',
        does: [makes('.venv')],
      },
      run: {
        options: {
          flag: '--frozen --locked --no-sync --dev --no-dev --all-extras --isolated --no-project --active --all-groups',
          value: '--extra --group --python -p --only-group',
          command: '--call',
        },
        reading: { stopAtOperand: true },
        does: [setup, wraps],
      },
      'tree export': {
        options: {
          flag: '--all-groups --no-hashes --no-dev --frozen --outdated',
          value: '--depth -d --format',
          writes: '-o --output-file',
        },
        does: [looksHere('look')],
      },
      build: {
        options: { flag: '--sdist --wheel --all', makes: '-o --out-dir' },
        operands: 'recursive',
        does: [setup, makes('dist')],
      },
      'version help': { does: [looksHere('look')] },
      python: {
        commands: {
          'list find dir': { does: [looksHere('look')] },
          'install uninstall pin upgrade': { does: [outside('the programs of the user')] },
        },
      },
      tool: {
        commands: {
          'list dir': { does: [looksHere('look')] },
          run: { reading: { stopAtOperand: true }, does: [wrapsInstalled] },
          'install uninstall upgrade update-shell': { does: [outside('the programs of the user')] },
        },
      },
      init: {
        options: { flag: '--lib --app --package --no-readme --bare', value: '--name --python -p' },
        operands: 'make',
        does: [makes('pyproject.toml')],
      },
      'publish self cache auth': { does: [remote('a registry, or uv itself')] },
    },
    match: [
      `uv pip install ${pipInstallOptions}; uv pip install -e . --editable .`,
      `uv pip list ${pipTellOptions}; uv pip freeze; uv pip show x; uv pip check; uv pip tree; uv pip sync --strict requirements.txt; uv pip uninstall -y x`,
      'uv pip compile --upgrade -U --all-extras --no-header -o r.txt --output-file=r.txt --extra=dev --python-version=3.11 pyproject.toml',
      'uv sync --dev --all-extras --frozen --locked --no-dev --upgrade -U --all-groups --check --no-install-project --inexact --no-sync --extra=a --group=b --python=3.11 -p 3.11 --upgrade-package=x --optional=a --only-group=b --no-group=c --package=d',
      'uv lock; uv add flask --editable -r requirements.txt --requirements=requirements.txt; uv remove x; uv rm x',
      'uv venv --seed --clear --system-site-packages --allow-existing --python=3.11 -p 3.11 --prompt=x .venv; uv venv',
      'uv run --frozen --locked --no-sync --dev --no-dev --all-extras --isolated --no-project --active --all-groups --extra=a --group=b --python=3.11 -p 3.11 --only-group=x pytest -q; uv run --call ls',
      'uv tree --all-groups --no-hashes --no-dev --frozen --outdated --depth=1 -d 1 --format=x; uv export -o r.txt --output-file=r.txt; uv build --sdist --wheel --all -o dist --out-dir=dist',
      'uv python list',
      'uv python find',
      'uv python dir',
      'uv tool list',
      'uv tool dir',
      'uv version',
      'uv help',
      'uv tool run ruff check; uv init --lib --app --package --no-readme --bare --name=a --python=3.11 -p 3.11 sub',
      'uv -q --quiet -v --verbose --offline --no-progress --native-tls --color=never --directory=. --project=. sync',
    ],
    notMatch: [
      'uv pip install --system x',
      'uv pip install --user x',
      'uv pip install --break-system-packages x',
      'uv add git+https://x.example/a',
      'uv run rm -rf /srv',
      'uv run --with evil pytest',
      'uv tool install x',
      'uv tool uninstall x',
      'uv tool upgrade x',
      'uv tool update-shell',
      'uv tool run cowsay',
      'uv python install 3.13',
      'uv python uninstall 3.13',
      'uv python pin 3.13',
      'uv python upgrade',
      'uv publish',
      'uv self update',
      'uv cache clean',
      'uv auth login x',
      'uv --directory /srv sync',
      'uv venv /srv/x',
      'cd /srv && uv build',
      'cd /srv && uv sync',
      'cd /srv && uv venv',
      'cd /srv && uv init',
      'cd /srv && uv run ls',
      'cd /srv && uv pip sync r.txt',
    ],
  }),
  tool({
    programs: ['uvx', 'pipx'],
    commands: {
      run: { reading: { stopAtOperand: true }, does: [wrapsInstalled] },
      list: { does: [looksHere('look')] },
    },
    bare: { reading: { stopAtOperand: true }, does: [wrapsInstalled] },
    match: ['uvx ruff check; pipx run black --check src', 'pipx list'],
    notMatch: ['uvx cowsay', 'pipx install x', 'uvx --from evil ruff', 'pipx run cowsay'],
  }),
  tool({
    programs: ['poetry', 'pipenv', 'pdm', 'hatch', 'rye'],
    options: { flag: '-q --quiet -v --verbose -n --no-interaction --no-ansi', moves: '-C --directory --project' },
    commands: {
      'install sync lock add remove update': {
        options: {
          flag: '--no-root --no-dev --dev -D -d --sync --all-extras --no-update --check --dry-run --only-root --deploy --ignore-pipfile --system',
          value: '--with --without --only --extras -E --group -G',
        },
        does: [
          installs(registry, 'local'),
          setup,
          makes('poetry.lock', 'pyproject.toml'),
          when('--system', outside('the programs of the machine')),
        ],
      },
      run: { reading: { stopAtOperand: true }, does: [setup, wraps] },
      'show check graph version about status dep': {
        options: { flag: '--tree --outdated --latest --top-level -s --short' },
        does: [looksHere('look')],
      },
      'build test fmt': {
        options: { flag: '--clean', value: '-f --format', makes: '-o --output' },
        does: [setup, makes('dist')],
      },
      env: {
        commands: { 'info list show find': { options: { flag: '--path -p --full-path' }, does: [looksHere('look')] } },
      },
      'publish self source config cache shell': { does: [remote('a registry, or the package manager itself')] },
    },
    match: [
      'poetry install --no-root --no-dev --dev -D -d --sync --all-extras --no-update --check --dry-run --only-root --with=dev --without=docs --only=main --extras=x -E y --group=dev -G dev',
      'pipenv install --deploy --ignore-pipfile flask; poetry sync; poetry lock; poetry add requests; poetry remove x; poetry update; pdm run pytest -q; hatch run pytest -q',
      'poetry show --tree --outdated --latest --top-level; poetry check; pipenv graph; poetry version -s --short; poetry about; hatch status; hatch dep',
      'poetry build --clean -f wheel --format=wheel -o dist --output=dist; hatch test; hatch fmt; poetry env info --path -p --full-path; poetry env list; hatch env show; hatch env find',
      'poetry -q --quiet -v --verbose -n --no-interaction --no-ansi -C . --directory=. --project=. show',
    ],
    notMatch: [
      'poetry publish',
      'poetry self update',
      'poetry source add x',
      'poetry config a b',
      'poetry cache clear x',
      'pipenv shell',
      'pipenv install --system',
      'poetry add git+https://x.example/a',
      'poetry run rm -rf /srv',
      'poetry -C /srv install',
      'cd /srv && poetry install',
      'cd /srv && poetry build',
      'cd /srv && poetry run ls',
    ],
  }),
  tool({
    programs: ['conda', 'mamba', 'micromamba'],
    commands: {
      'list info search env': {
        options: { flag: '-e --envs --json --export --revisions', value: '-n --name' },
        operands: 'data',
        shape: /^(?!remove|create|update)[\w.*=-]+$/,
        does: [looksHere('look')],
      },
      'install create remove update clean init config activate deactivate run': {
        does: [outside('an environment of conda')],
      },
    },
    match: [
      'conda list -e --export --revisions -n x --name=x; conda info --envs --json; conda search numpy; conda env list',
    ],
    notMatch: [
      'conda install x',
      'conda create -n x',
      'conda remove x',
      'conda update x',
      'conda clean -a',
      'conda init',
      'conda config --add channels x',
      'conda env remove -n x',
      'conda activate x',
      'conda deactivate',
      'conda run x',
    ],
  }),
  tool({
    programs: ['virtualenv'],
    options: { flag: '--clear --system-site-packages -q -v', value: '-p --python --prompt' },
    operands: 'make',
    match: ['virtualenv --clear --system-site-packages -q -v -p python3 --python=python3 --prompt=x .venv'],
    notMatch: ['virtualenv /srv/x', 'virtualenv --app-data=x .venv'],
  }),
];
