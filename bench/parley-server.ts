// Parley under test: the real gateway with a real SQLite file, configured from a YAML file, quiet.
import { createGateway, readConfig } from '@parley/gateway';
import { reportToBench } from './server-process.ts';

const [file = ''] = process.argv.slice(2);
const read = readConfig({ PARLEY_CONFIG: file }, { cwd: process.cwd() });
if ('problems' in read) throw new Error(read.problems.join('\n'));
const gateway = await createGateway({ config: read.config });
const { port } = await gateway.listen();
reportToBench(port);
process.on('SIGTERM', () => void gateway.close().then(() => process.exit(0)));
