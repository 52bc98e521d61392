// Starts a door of the built program, on the bundled Node when the one that started us is too old.
const {existsSync} = require('node:fs');
const path = require('node:path');

// A terminal sends these to its whole foreground group, so the child has them already.
const fromTerminal = ['SIGINT', 'SIGHUP'];

/**
 * Runs dist/`door`.js with this process's arguments, on a Node with these options and environment variables; those that the
 * person has set stay. `first` is what is loaded before it where this process becomes the program: a file in dist/, too.
 */
exports.launch = async function (door, {options = [], environment = {}, first} = {}) {
	const dist = path.join(__dirname, '../dist');
	const entry = path.join(dist, `${door}.js`);
	if (!existsSync(entry)) return refuse('simchat is not built yet. Run `npm run build` in its folder first.');
	const env = {...environment, ...process.env};
	const start = [...options, ...process.execArgv, entry, ...process.argv.slice(2)];
	if (isNewEnough() && options.some(option => !process.execArgv.includes(option))) {
		become(start, env);
	} else if (isNewEnough()) {
		if (first !== undefined) require(path.join(dist, first));
		process.argv[1] = entry;
		await import(entry);
	} else {
		const runtime = bundledNode();
		if (!runtime) {
			return refuse(
				`simchat needs Node.js 24.12 or newer, and this is ${process.version}. On Linux npm brings one, unless it leaves out optional packages; otherwise get it from https://nodejs.org`,
			);
		}

		handOver(runtime, [...options, entry, ...process.argv.slice(2)], env);
	}
};

/** The same process, started anew: options of V8 count from the start alone. */
function become(args, env) {
	// That execve is new in Node is nothing for the person to know.
	process.removeAllListeners('warning');
	process.execve(process.execPath, [process.execPath, ...args], env);
}

function isNewEnough() {
	const [major, minor] = process.versions.node.split('.').map(Number);
	return major > 24 || (major === 24 && minor >= 12);
}

function bundledNode() {
	try {
		const name = `node-${process.platform}-${process.arch}/package.json`;
		return path.join(path.dirname(require.resolve(name)), 'bin/node');
	} catch {
		return undefined;
	}
}

/** Becomes `runtime` as far as a parent can: its signals, its exit code. */
function handOver(runtime, args, env) {
	// Loaded here alone: the skeleton of the screen waits for what is loaded before it.
	const {spawn} = require('node:child_process');
	const child = spawn(runtime, args, {stdio: 'inherit', env});
	for (const signal of ['SIGTERM', ...fromTerminal]) {
		process.on(signal, () => {
			if (!(process.stdin.isTTY && fromTerminal.includes(signal))) child.kill(signal);
		});
	}

	// The one that npm brings is for glibc.
	child.on('error', error =>
		refuse(`simchat could not start ${runtime} (${error.message}): start it with Node.js 24.12 or newer instead`),
	);
	child.on('exit', (code, signal) => {
		if (signal) {
			process.removeAllListeners(signal);
			process.kill(process.pid, signal);
		} else {
			process.exitCode = code ?? 1;
		}
	});
}

function refuse(message) {
	console.error(message);
	process.exitCode = 69; // EX_UNAVAILABLE
}
