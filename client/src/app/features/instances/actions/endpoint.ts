import type { InstanceSummary } from '#sdk';

/** Where clients reach an instance, from its connection string; undefined while there is none. */
export function endpointOf({
  dns_connection_string: dns,
  ip_connection_string: ip,
}: InstanceSummary): { readonly host: string; readonly port: string } | undefined {
  const text = dns ?? ip;
  if (text === null || !URL.canParse(text)) {
    return undefined;
  }
  const { hostname, port } = new URL(text);
  return { host: hostname, port: port || '5432' };
}

/** Opens a session as the superuser, and asks for the password. */
export function psqlCommand(instance: InstanceSummary): string | undefined {
  const endpoint = endpointOf(instance);
  return endpoint && `psql "host=${endpoint.host} port=${endpoint.port} user=postgres dbname=postgres"`;
}
