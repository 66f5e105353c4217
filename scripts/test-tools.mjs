// Finds the programs that the tests drive (and the Python modules that theirs need), and installs Debian's packages of
// them when it may.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { fail, run } from './ready.mjs';

/** Debian's packages of each program or module, and of what else it needs. */
const packagesOf = {
  chromium: ['chromium'],
  'espeak-ng': ['espeak-ng'],
  pocketsphinx_continuous: ['pocketsphinx', 'pocketsphinx-en-us'],
  turnserver: ['coturn'],
  openssl: ['openssl'],
  aiortc: ['python3-aiortc'],
  websockets: ['python3-websockets'],
};

const folders = [
  '/usr/bin',
  '/usr/sbin',
  '/usr/lib/python3/dist-packages',
  ...(process.env.PATH ?? '').split(delimiter),
];

/** Makes the programs available; ends the process with what to install when one is missing. Returns Chromium's path. */
export function ensureTestTools() {
  install(missing().flatMap((program) => packagesOf[program]));
  const packages = missing().flatMap((program) => packagesOf[program]);
  if (packages.length > 0)
    fail(`The tests need programs. Install them (Debian: apt-get install ${packages.join(' ')}).`);
  return find('chromium');
}

function missing() {
  return Object.keys(packagesOf).filter((program) => !find(program));
}

function find(program) {
  return folders.map((folder) => join(folder, program)).find((path) => existsSync(path));
}

function install(packages) {
  if (packages.length === 0 || process.getuid?.() !== 0 || spawnSync('apt-get', ['--version']).status !== 0) return;
  console.log(`Installing ${packages.join(', ')} (apt-get)...`);
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  const quiet = { env, stdio: ['ignore', 'ignore', 'inherit'] };
  run('apt-get', ['update', '-q'], quiet);
  run('apt-get', ['install', '-y', '-q', '--no-install-recommends', ...packages], quiet);
}
