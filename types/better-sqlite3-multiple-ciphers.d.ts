// The package brings its types but its `exports` hides them from TypeScript.
declare module 'better-sqlite3-multiple-ciphers' {
	const Database: typeof import('../node_modules/better-sqlite3-multiple-ciphers/index.d.ts');
	type Database = InstanceType<typeof Database>;
	export default Database;
}
