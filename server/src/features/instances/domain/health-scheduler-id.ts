/** Id of the job scheduler of an instance's health checks. */
export function healthSchedulerId(k8sName: string): string {
  return `health-${k8sName}`;
}
