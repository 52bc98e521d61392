// The package brings no types.
declare module 'postject' {
	export function inject(
		file: string,
		resource: string,
		bytes: Uint8Array,
		options: {readonly sentinelFuse: string},
	): Promise<void>;
}
