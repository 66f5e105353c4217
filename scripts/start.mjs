// `npm start`: makes the clone ready, then runs the gateway on Node 24 and passes signals and its exit code on.
import { spawn } from 'node:child_process';
import { constants } from 'node:os';
import { ensureDependencies, ensurePages, env24, gatewayFlags, node24, root } from './ready.mjs';

ensureDependencies();
ensurePages();

const args = [...gatewayFlags, 'packages/gateway/src/main.ts', ...process.argv.slice(2)];
const gateway = spawn(node24, args, { cwd: root, env: env24, stdio: 'inherit' });
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => gateway.kill(signal));
gateway.on('exit', (code, signal) => process.exit(code ?? 128 + constants.signals[signal]));
