import { describe, expect, it } from 'vitest';
import { NAMESPACED_ACCESS, rolesYaml } from './access.js';
import { OWNED_KINDS } from './kinds.js';

describe('the roles', () => {
  it('are what k8s/server/rbac.yaml says', async () => {
    await expect(rolesYaml()).toMatchFileSnapshot('../../../../k8s/server/rbac.yaml');
  });

  it('let Toygres see and remove whatever it makes', () => {
    for (const kind of OWNED_KINDS) {
      const verbs = NAMESPACED_ACCESS.filter(
        (access) => access.kind === kind && access.subresource === undefined,
      ).flatMap(({ verbs: all }) => all);
      expect(verbs).toEqual(expect.arrayContaining(['get', 'list', 'watch', 'delete']));
    }
  });

  it('let it read no Secret of another namespace', () => {
    expect(rolesYaml().split('kind: ClusterRole\n')[1]).not.toContain('secrets');
  });
});
