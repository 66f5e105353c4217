// Makes a clone ready to run: dependencies as the lockfile says, Node 24 among them, and built pages.
// Runs on the machine's own Node, 18 or newer, before anything is installed: built-in modules only.
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, readdirSync, statSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The repository's folder. */
export const root = dirname(dirname(fileURLToPath(import.meta.url)));

/** Node 24, which the lockfile brings. */
export const node24 = join(root, 'node_modules/node/bin/node');

/**
 * How the gateway's Node collects garbage. Left alone, V8 walks through a small heap once a second while calls run, and
 * no packet leaves in these 10 ms; so the heap may grow to 256 MiB first, and the part for new objects stays small.
 */
export const gatewayFlags = JSON.parse(readFileSync(join(root, 'packages/gateway/node-flags.json'), 'utf8'));

const bin = join(root, 'node_modules/.bin');
const pathWithoutBin = (process.env.PATH ?? '').split(delimiter).filter((folder) => folder !== bin);

/**
 * The environment in which `node` and every installed tool are the lockfile's. What Node has compiled once it finds
 * again: the gateway starts in half the time.
 */
export const env24 = {
  NODE_COMPILE_CACHE: join(root, 'node_modules/.cache/node'),
  ...process.env,
  PATH: [bin, ...pathWithoutBin].join(delimiter),
};

/** Installs what the lockfile names unless it is there already. */
export function ensureDependencies() {
  if (dependenciesAreCurrent()) return;
  requireNpm10();
  console.log('Installing dependencies (npm ci)...');
  const quiet = { env: npmEnvironment, stdio: ['ignore', 'ignore', 'inherit'] };
  const options = ['--no-fund', '--no-audit', '--loglevel=error'];
  // No package's install script runs but that of "node": npm 10 would compile better-sqlite3, whose binaries are there.
  const installed = run('npm', ['ci', '--include=dev', '--ignore-scripts', ...options], quiet) === 0;
  const ready = installed && run('npm', ['rebuild', 'node', '--ignore-scripts=false', ...options], quiet) === 0;
  if (!ready || !existsSync(node24)) fail('The dependencies could not be installed: see above.');
}

/** Builds the pages in packages/web unless their build is newer than its sources. */
export function ensurePages() {
  const built = join(root, 'packages/web/dist/index.html');
  const sources = ['packages/web', 'packages/client/src', 'packages/protocol/src', 'package-lock.json'];
  if (existsSync(built) && Math.max(...sources.map(newestMs)) <= statSync(built).mtimeMs) return;
  console.log('Building the pages (vite)...');
  const code = run('vite', ['build', '--logLevel=warn'], { cwd: join(root, 'packages/web') });
  if (code !== 0) fail('The pages could not be built: see above.');
}

/** Runs a command to its end, output passed through, and returns its exit code. */
export function run(command, args, options = {}) {
  const { status } = spawnSync(command, args, {
    cwd: root,
    env: env24,
    stdio: ['ignore', 'inherit', 'inherit'],
    ...options,
  });
  return status ?? 1;
}

/** Ends the process with one clear line. */
export function fail(message) {
  console.error(message);
  process.exit(1);
}

// npm replaces node_modules, so it must not itself run on the Node in there.
const npmEnvironment = { ...process.env, PATH: pathWithoutBin.join(delimiter) };

function requireNpm10() {
  const { stdout } = spawnSync('npm', ['--version'], { cwd: root, env: npmEnvironment, encoding: 'utf8' });
  if (!stdout) fail('Parley needs npm 10 or newer; found none on the PATH.');
  if (Number.parseInt(stdout, 10) < 10) fail(`Parley needs npm 10 or newer; found ${stdout.trim()}.`);
}

function dependenciesAreCurrent() {
  const installed = lockedPackages('node_modules/.package-lock.json');
  return existsSync(node24) && Object.entries(lockedPackages('package-lock.json')).every(isInstalled);

  function isInstalled([path, wanted]) {
    if (!path.includes('node_modules/')) return true;
    const found = installed[path];
    return found ? found.version === wanted.version : Boolean(wanted.optional || wanted.devOptional);
  }
}

function lockedPackages(file) {
  const path = join(root, file);
  return existsSync(path) ? JSON.parse(readFileSync(path, 'utf8')).packages : {};
}

// Folders count too: removing a file changes only its folder's time.
function newestMs(path) {
  const absolute = join(root, path);
  const stat = statSync(absolute);
  if (!stat.isDirectory()) return stat.mtimeMs;
  const inside = readdirSync(absolute).filter(
    (name) => !['dist', 'node_modules'].includes(name) && !name.startsWith('.'),
  );
  const own = path === 'packages/web' ? 0 : stat.mtimeMs;
  return Math.max(own, ...inside.map((name) => newestMs(join(path, name))));
}
