// How the directory server's Node is started: thousands of users lie idle in it, and V8 and malloc keep what logins leave unless told not to.
const os = require('node:os');

exports.SERVER_RUNTIME = {
	/** MiB. With V8's own choice an idle user costs over 20 KiB, with this one 6. */
	options: ['--max-semi-space-size=2'],
	/** One arena for all threads; as many threads for DH as there are cores. */
	environment: {MALLOC_ARENA_MAX: '1', UV_THREADPOOL_SIZE: String(os.availableParallelism())},
};
