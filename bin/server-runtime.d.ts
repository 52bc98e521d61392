export const SERVER_RUNTIME: {
	readonly options: readonly string[];
	readonly environment: Readonly<Record<string, string>>;
};
