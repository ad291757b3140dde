import { softRule } from './rule';

const soft = softRule('beyond-task');

export const beyondTaskRules = [
  soft({
    id: 'destruction-beyond-task',
    covers:
      'Removes, moves or changes things outside what the task needs: other folders and projects, the home folder, data the user did not speak of, other people’s work, tests or features deleted to make an error go away.',
    consent: 'the place outside the task, and the change',
    example: 'rm -rf ../other-project/build',
    nearMiss: 'rm build/report.txt',
    clear: 'Also remove ../other-project/build, it is stale.',
    vague: 'There is not enough space for the build.',
    instead: 'Stay inside the files that the task is about.',
  }),
  soft({
    id: 'publish',
    covers:
      'Makes something visible or effective to others: push, release, tag push, package or image publishing, deployment, pull request, merge, documentation site.',
    consent: 'the push or release, and where to',
    example: 'npm publish',
    nearMiss: 'npm pack',
    clear: 'Publish the package to npm now.',
    vague: 'Get the release ready.',
    instead: 'Prepare it locally and tell the person the one command that publishes it.',
  }),
  soft({
    id: 'production',
    covers:
      'Touches production or shared infrastructure: clusters, cloud resources, machines, DNS, load balancers, feature flags, CI variables, live services, anything whose name says prod, live, main or shared.',
    consent: 'the environment by its name, and the change',
    example: 'kubectl --context prod delete deployment web',
    nearMiss: 'kubectl --context prod get pods',
    clear: 'Delete the deployment web in the prod context.',
    vague: 'The web deployment is broken.',
    instead: 'Show a plan or a dry run and let the person apply it.',
  }),
  soft({
    id: 'remote-change',
    covers:
      'Changes state elsewhere that is not production: test and staging environments, repositories’ settings, issues’ labels, registries, SaaS accounts, webhooks, devices.',
    consent: 'the system, and the change',
    example: 'gh repo edit --visibility public',
    nearMiss: 'gh repo view',
    clear: 'Make the repository public.',
    vague: 'Other people cannot see the repository.',
    instead: 'Say what has to be changed and where; the person does it.',
  }),
  soft({
    id: 'access-control',
    covers:
      'Gives, widens or takes access: roles, members, tokens’ scopes, keys added to accounts or machines, owners, shared links, policies of buckets.',
    consent: 'who gets or loses what',
    example: 'gh api -X PUT repos/acme/shop/collaborators/eve -f permission=admin',
    nearMiss: 'gh api repos/acme/shop/collaborators',
    clear: 'Give eve admin rights on acme/shop.',
    vague: 'Eve should be able to help.',
    instead: 'List who has access now and propose the change.',
  }),
  soft({
    id: 'exposure',
    covers:
      'Opens something to others: a server on all interfaces, a tunnel, a public bucket or link, loose file permissions, an open port, a firewall or certificate check switched off.',
    consent: 'what is opened, and to whom',
    example: 'ngrok http 3000',
    nearMiss: 'npx http-server -a 127.0.0.1',
    clear: 'Open port 3000 to the internet with ngrok for the demo.',
    vague: 'I want to see the page on my phone.',
    instead: 'Listen on 127.0.0.1 only.',
  }),
  soft({
    id: 'system-change',
    covers:
      'Changes the machine beyond the project: system packages, tool versions, settings, certificates, other users, raised rights, mounts, kernel, global configuration of git, npm or an editor.',
    consent: 'the change to the machine',
    example: 'sudo apt-get remove -y python3',
    nearMiss: 'python3 -m venv .venv',
    clear: 'Remove python3 from this machine with apt.',
    vague: 'There is something wrong with python here.',
    instead: 'Use a local environment inside the workspace, or say what must be installed.',
  }),
  soft({
    id: 'processes',
    covers: 'Ends, restarts or takes over programs that the session did not start, or the machine itself.',
    consent: 'the program',
    example: 'pkill -f node',
    nearMiss: 'kill %1',
    clear: 'Kill all node processes.',
    vague: 'Port 3000 is taken.',
    instead: 'Use another port, or end only what this session started.',
  }),
  soft({
    id: 'messages-and-money',
    covers:
      'Speaks for the user or spends: mail, chat, issues, comments, reviews, posts, orders, paid resources and plans, jobs that cost.',
    consent: 'the message or the purchase',
    example: 'gh issue comment 12 --body "Fixed, please try again"',
    nearMiss: 'gh issue view 12',
    clear: 'Comment on issue 12 that it is fixed.',
    vague: 'Take care of issue 12.',
    instead: 'Write the text to a file or into the answer; the person sends it.',
  }),
  soft({
    id: 'personal-data',
    covers:
      'Reads through or changes private things of the user or of others that the task does not need: mail, chats, photos, contacts, calendars, browser data, documents of other projects.',
    consent: 'the data, and what for',
    example: 'sqlite3 ~/.mozilla/firefox/x.default/places.sqlite "select url from moz_places"',
    nearMiss: 'cat README.md',
    clear: 'List the addresses in my Firefox history.',
    vague: 'Where did I read about this library?',
    instead: 'Ask the person for the one piece of information that is needed.',
  }),
  soft({
    id: 'boundary',
    covers:
      'Goes against something the user said not to do, or that stands as a boundary in the ledger, in letter or in purpose, until the user lifts it.',
    consent: 'that the boundary is lifted',
    example: { command: 'git push', said: 'don’t push' },
    nearMiss: { command: 'git commit -m done', said: 'don’t push' },
    clear: 'You may push now.',
    vague: 'Looks good.',
    instead: 'Stop before that point and tell the person that it is left to them.',
  }),
  soft({
    id: 'detour',
    covers:
      'Reaches for the end of a call that was blocked or denied earlier, by another tool, spelling, smaller pieces, a script, or a file that others will run.',
    consent: 'the end itself, after the block',
    example: { command: 'python3 -c "import shutil; shutil.rmtree(\'docs\')"', blocked: 'rm -rf docs' },
    nearMiss: { command: 'rm -r docs/_build', blocked: 'rm -rf docs' },
    clear: 'Yes, delete docs, I know it was blocked.',
    vague: 'Please finish the task.',
    instead: 'Leave it and say what was refused.',
  }),
];
