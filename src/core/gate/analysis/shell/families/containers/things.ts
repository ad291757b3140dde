/**
 * What clouds call the things they keep. A question is one of these after the other and then a word that asks; any other word
 * before it may be a deed whose object happens to be called `list`.
 */
const things = new Set(
  `access-policy account accounts action-group activity-log addon addons addresses admin advisor aks alert alerts alias aliases alpha
  api-management apim app appconfig application apps appservice artifacts assignment autoscale autoscaler backend-services backup
  backups balance bastion batch beta bigtable bill billing billing-history blob boards bot branch branches bucket buckets build builds
  buildpacks cache catalog cdn certificate certificates certs checks cloud cluster clusters cognitiveservices collections composer
  compute configuration configurations connection-name consumer-groups container containerapp containers context cosmosdb customer
  cost customers d1 dashboards data database databases dataflow datacenter dataproc datasets db deploy-keys deployment deployments
  devices devops diagnostic-settings disk disks dns dns-zones docker domain domain-mappings domains drains droplet droplets endpoint
  endpoints environment environments eventhub eventhubs events eventgrid expressroute extension features feature firewall
  firewall-policies firewall-rules firewalls flexible-server floating-ip floating-ips folders forwarding-rules front-door function
  functionapp functions gateway gateways group groups hbase health health-checks hosting hub identity image images indexes instance
  instance-groups instance-templates instances integrations invoice invoices iot ip ips iso job jobs k8s keyrings kubernetes kv lb
  load-balancer load-balancers location locations lock lock lock-files log logging logic-apps logicapp logs machine machine-type
  machine-types machines maintenance-window managed managed-zones members metrics migration migrations ml models monitor monitoring
  mysql namespace namespaces nat network network-interfaces networks nic node node-pool node-pools node-types nodepool nodepools
  nodes nsg offer offering offerings operation operations operation-types option options orb order orders org organization
  organizations orgs packages pages partition pipeline pipelines placement-group plan plans platform policies policy pool pools
  postgres postgresql pr pricing primary-ip principal private-endpoint product products profile project projects property provider
  providers public-ip pubsub quantum queue queues quota quotas r2 rbac record record-set recommendation recommendations records
  recordset redis ref region regions registration registry release releases replica repo repository repos reserved-ip resource
  resources revision revisions role roles route route-table router routers routes rule rules run runs runtime runtimes scale scaler
  schedule scheduler schema schemas search security server servers serverless service service-accounts serviceaccounts services
  servicebus share shares sink sinks site sites size sizes sku skus slot slots snapshot snapshots spanner sql sshkey ssl-certificates
  stack stacks standard state static-web-app staticwebapp storage stream streams subnet subnets subscription subscriptions
  synapse system table tables tag tags target target-pools tasks team teams template templates term test tier tiers topic topics
  traffic traffic-manager trigger triggers type types url-maps usage user users vault versions version vm vmss vnet volume
  volumes vpc vpcs vpn webapp workers workspace workspaces zone zones`.split(/\s+/),
);

/** @param names what the question may be about, after the word that asks. */
export function asksAbout(words: readonly string[], verbs: RegExp, names: RegExp = /^[\w./:@-]+$/): boolean {
  const at = words.findIndex((word) => !things.has(word));
  const verb = words[at];
  if (at < 1 || verb === undefined || !verbs.test(verb)) return false;
  const rest = words.slice(at + 1);
  return rest.length <= 1 && rest.every((word) => names.test(word));
}
