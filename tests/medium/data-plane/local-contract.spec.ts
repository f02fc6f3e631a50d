import { describeDataPlane } from './data-plane.contract.js';
import { LocalHome } from './local-home.js';

let home: LocalHome;

describeDataPlane(
  'local',
  {
    async start() {
      home = await LocalHome.make();
      return home.plane();
    },
    restart: () => home.plane(),
    async kill(spec) {
      const { pid } = await (await home.plane()).observe(spec);
      process.kill(pid ?? 0, 'SIGKILL');
    },
    stop: () => home.remove(),
    namespace: () => 'toygres',
    comesBack: false,
    useLoadBalancer: false,
    reachableMs: 0,
  },
  ['18', '17', '16', '15'],
);
