import { say } from '../../../../../say';
import { constantOf, describeField } from '../../field';
import { asks, type Doing, makes } from '../doings';
import type { Family } from '../family';
import type { Act } from '../tool';
import { type Guard, guarded } from './guarded';
import { judgeInside } from './inside';

const cluster = asks('the cluster');

/** Kinds of objects that hold secrets, and ways to read files or to get past the masks. */
const plainKinds: Doing = {
  name: 'plain kinds',
  run({ shell, operands, options, invocation, name }) {
    if (
      operands.some((field) =>
        /secret|token|credential|certificate|(?:^|,)keys?(?:,|$)/i.test(constantOf(field) ?? 'secret'),
      )
    ) {
      shell.report.beyondLooking();
      shell.doubt('secrets.cluster', say('{0} shows what may hold secrets', name), invocation.span);
    }
    for (const { name: option, value } of options)
      if (/^(?:-f|--filename)$/.test(option) && value && /:\/\//.test(describeField(value)))
        shell.doubt('network.reach', say('{0} reaches out of the machine', name), value.span);
      else if (/^(?:-o|--output)$/.test(option) && value && /file/.test(describeField(value)))
        shell.doubt(
          'command.option',
          say('what {1} means to {0} is not known', name, describeField(value)),
          value.span,
        );
  },
};

const ask: Act = {
  options: {
    flag: '-A -w --all-namespaces --no-headers --show-labels --watch --show-kind --ignore-not-found',
    value: '-o --output -l --selector --field-selector --sort-by -L --label-columns --chunk-size --show-events',
    reads: '-f --filename',
  },
  does: [plainKinds, cluster],
};

/** `repo/chart` is fetched from a repository, where there is no such folder. */
const localChart: Doing = {
  name: 'local chart',
  run({ shell, operands, state, name }) {
    const { facts } = shell.report.world;
    for (const field of operands) {
      const text = constantOf(field) ?? '';
      if (!text.includes('/') || /^\.{0,2}\//.test(text)) continue;
      const kinds = (state.cwd ?? []).map((folder) => facts.kind(`${folder}/${text}`));
      if (kinds.every((kind) => kind === 'folder')) continue;
      if (
        !kinds.every((kind) => kind === 'unknown') ||
        !/^(?:charts?|deploy\w*|helm|k8s|kubernetes|infra\w*|ops)\//.test(text)
      )
        shell.doubt('network.reach', say('{0} may fetch {1}', name, text), field.span);
    }
  },
};

/** What is never decided here: it changes a cluster, runs something in it, or opens a way into it. */
const guards: readonly Guard[] = [
  {
    commands: 'delete,drain,rollout undo,replace,uninstall,rollback',
    kind: 'remote',
    rule: 'remote.destroys',
    reason: say('it loses what a cluster runs or keeps'),
  },
  {
    commands: 'exec,run,debug,attach',
    kind: 'remote',
    rule: 'containers.exec',
    reason: say('it runs something in a cluster'),
    sends: true,
    check: judgeInside,
  },
  {
    commands: 'cp,create,apply,patch,edit,set,port-forward,proxy,install,upgrade,push,registry login',
    kind: 'remote',
    rule: 'command.remote',
    reason: say('it changes a cluster, or opens a way to it'),
    sends: true,
  },
];

const helmGuards: readonly Guard[] = guards.map((guard) => ({
  ...guard,
  commands: guard.commands.replace(',create,', ','),
}));

export const kubernetes: readonly Family[] = [
  guarded(
    {
      programs: ['kubectl', 'oc', 'microk8s.kubectl'],
      match: [
        'kubectl get pods -A -w --all-namespaces --no-headers --show-labels --watch --show-kind --ignore-not-found -o wide --output json -l a=b --selector a=b --field-selector a=b --sort-by .x -L a --label-columns a --chunk-size 5',
        'kubectl -n dev get deploy,svc',
        'kubectl describe -f k8s/web.yaml --filename k8s/db.yaml',
        'kubectl auth can-i create pods; kubectl auth whoami',
        'kubectl describe pod web --show-events=false',
        'kubectl --namespace=dev --context=dev --cluster=x --request-timeout=5s logs -f deploy/web --tail 50 -c app',
        'kubectl logs web -p --follow --previous --timestamps --all-containers --prefix --since 1h --since-time x --container app --selector a=b --limit-bytes 9 --max-log-requests 9',
        'kubectl logs -l a=b',
        'kubectl top pods --containers --no-headers --sort-by cpu -l a=b --selector a=b',
        'kubectl explain pod.spec --recursive --api-version v1',
        'kubectl version --client --short -o json --output yaml',
        'kubectl cluster-info',
        'kubectl api-resources; kubectl api-versions; kubectl events',
        'kubectl config get-contexts; kubectl config current-context; kubectl config get-clusters; kubectl config get-users',
        'kubectl config view --minify',
        'kubectl rollout status deploy/web --timeout 5s; kubectl rollout history deploy/web --revision 2',
      ],
      notMatch: [
        'kubectl get secret x -o yaml',
        'kubectl get pods,secrets',
        'kubectl describe secret x',
        'kubectl get pods -o jsonpath-file=x',
        'kubectl get --raw /api/v1/secrets',
        'kubectl config view --raw',
        'kubectl config use-context prod',
        'kubectl delete pod web',
        'kubectl apply -f x.yaml',
        'kubectl exec web -- ls',
        'kubectl run x --image=y',
        'kubectl cp web:/x x',
        'kubectl port-forward svc/web 8080:80',
        'kubectl cluster-info dump',
        'kubectl --kubeconfig /srv/x get pods',
        'kubectl --server=https://example.com get pods',
        'kubectl get $KIND',
        'kubectl rollout undo deploy/web',
      ],
      options: { value: '-n --namespace --context --cluster --request-timeout' },
      commands: {
        'get describe api-resources api-versions events': ask,
        logs: {
          options: {
            flag: '-f -p --follow --previous --timestamps --prefix',
            optional: '--all-containers',
            value: '-c -l --tail --since --since-time --container --selector --limit-bytes --max-log-requests',
          },
          does: [cluster],
        },
        top: { options: { flag: '--containers --no-headers', value: '-l --selector --sort-by' }, does: [cluster] },
        auth: { commands: { 'can-i whoami': { does: [cluster] } } },
        explain: { options: { flag: '--recursive', value: '--api-version' }, does: [cluster] },
        version: { options: { flag: '--client --short', value: '-o --output' }, does: [cluster] },
        'cluster-info': { operands: 'none', does: [cluster] },
        config: {
          commands: {
            // It asks the cluster for its version on the way.
            'get-contexts current-context get-clusters get-users': { does: [cluster] },
            view: { options: { flag: '--minify' }, does: [cluster] },
          },
        },
        rollout: {
          commands: {
            status: { options: { value: '--timeout' }, does: [cluster] },
            history: { options: { value: '--revision' }, does: [cluster] },
          },
        },
      },
    },
    guards,
  ),
  guarded(
    {
      programs: ['helm'],
      match: [
        'helm list -A -a --all --all-namespaces --deployed --failed -q --short -o json --output json -f x --filter x -m 5 --max 5',
        'helm ls -n dev --namespace dev --kube-context dev',
        'helm status web; helm history web --max 5',
        'helm search repo nginx --versions -l --devel; helm search hub nginx',
        'helm version --short; helm env; helm repo list; helm plugin list; helm dependency list; helm dep ls',
        'helm lint charts/web --strict --quiet -f values.yaml --values values.yaml --set a=b --set-string a=b',
        'helm template ./charts/web -f values.yaml --set a=b --debug --include-crds',
        'helm template web ./charts/web --values values.yaml --set-string a=b --show-only templates/x.yaml -s x',
        'helm create charts/new',
      ],
      notMatch: [
        'helm install web charts/web',
        'helm upgrade web charts/web',
        'helm uninstall web',
        'helm get values web',
        'helm get all web',
        'helm repo add x https://example.com',
        'helm plugin install https://example.com/x',
        'helm template web oci://example.com/x',
        'helm template web bitnami/nginx',
        'helm template charts/web --post-renderer ./x',
        'helm pull x',
        'helm rollback web 1',
        'helm dependency update',
        'helm --kubeconfig /srv/x list',
      ],
      options: { value: '-n --namespace --kube-context' },
      commands: {
        'list ls': {
          options: {
            flag: '-A -a -q --all --all-namespaces --deployed --failed --short',
            value: '-f -m -o --filter --max --output',
          },
          does: [cluster],
        },
        'status history': { options: { value: '--max' }, does: [cluster] },
        search: {
          commands: { 'repo hub': { options: { flag: '-l --versions --devel' }, does: [asks('a chart repository')] } },
        },
        version: { options: { flag: '--short' } },
        env: {},
        repo: { commands: { list: {} } },
        plugin: { commands: { list: {} } },
        'dependency dep': { commands: { 'list ls': { operands: 'look' } } },
        lint: {
          options: { flag: '--strict --quiet', reads: '-f --values', value: '--set --set-string' },
          operands: 'recursive',
        },
        template: {
          options: { flag: '--debug --include-crds', reads: '-f --values', value: '-s --set --set-string --show-only' },
          shape: /^(?!\w+:\/\/)(?:[\w-]+|\.{0,2}\/?[\w.-]+(?:\/[\w.-]+)*\/?)$/,
          operands: 'recursive',
          does: [localChart],
        },
        create: { operands: 'make', does: [makes('.')] },
      },
    },
    helmGuards,
  ),
  guarded(
    {
      programs: [
        'minikube',
        'kind',
        'k3d',
        'k9s',
        'stern',
        'kubectx',
        'kubens',
        'skaffold',
        'argocd',
        'flux',
        'istioctl',
        'tilt',
        'kustomize',
        'eksctl',
        'kops',
        'kubeadm',
        'crictl',
        'ctr',
        'buildah',
        'skopeo',
        'dive',
        'lima',
        'limactl',
        'colima',
        'vagrant',
        'multipass',
        'virsh',
        'VBoxManage',
      ],
      match: [
        'minikube status',
        'minikube profile list',
        'minikube ip',
        'kind get clusters; kind get nodes',
        'k3d cluster list',
        'kind version',
        'colima list',
        'vagrant global-status',
        'multipass info --all',
      ],
      notMatch: [
        'minikube start',
        'minikube delete',
        'kind delete cluster',
        'kind get kubeconfig',
        'k3d cluster delete x',
        'argocd app sync x',
        'flux reconcile x',
        'skaffold run',
        'vagrant up',
        'vagrant destroy -f',
        'virsh destroy x',
        'multipass delete x',
      ],
      commands: {
        'status version ip list info global-status': { options: { flag: '--all' }, does: [cluster] },
        profile: { commands: { list: { does: [cluster] } } },
        get: { commands: { 'clusters nodes': { does: [cluster] } } },
        cluster: { commands: { list: { does: [cluster] } } },
      },
    },
    [
      {
        commands: 'delete,destroy,cluster delete,reset,app delete,prune,rmi,rm,undefine,purge',
        kind: 'remote',
        rule: 'remote.destroys',
        reason: say('it loses a cluster or a machine'),
      },
      {
        commands: 'start,stop,create,run,up,ssh,app sync,reconcile,install,apply,exec,deploy,push,copy,cp',
        kind: 'remote',
        rule: 'command.remote',
        reason: say('it changes a cluster or a machine'),
        sends: true,
      },
    ],
  ),
];
