// The client's door for a process that is put somewhere first: into another mount namespace, or under a limit. The same process id.
import path from 'node:path';
import process from 'node:process';

const {SIMCHAT_TEST_WRAP, ...env} = process.env;
const wrap = JSON.parse(SIMCHAT_TEST_WRAP ?? '[]') as string[];
const door = path.resolve(import.meta.dirname, '../../cli.tsx');
const command = ['env', ...wrap, process.execPath, '--import=tsx', door, ...process.argv.slice(2)];
process.execve!('/usr/bin/env', command, env);
