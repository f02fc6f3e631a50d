import { describeDataPlane } from '../medium/data-plane/data-plane.contract.js';
import { TestNamespace } from './cluster.js';

let namespace: TestNamespace;

describeDataPlane(
  'kubernetes',
  {
    async start() {
      namespace = await TestNamespace.create();
      return namespace.plane();
    },
    restart: async () => namespace.plane(),
    kill: ({ k8sName }) => namespace.kill(k8sName),
    stop: () => namespace.remove(),
    namespace: () => namespace.name,
    comesBack: true,
    useLoadBalancer: true,
    reachableMs: 10_000,
  },
  ['18', '17', '16', '15'],
);
