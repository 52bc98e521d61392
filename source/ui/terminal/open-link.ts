// Which program opens a link here.

/** The command for an http or https link; undefined when it is none, or when there is no desktop to open it on. */
export function openCommand(
	url: string,
	platform: NodeJS.Platform,
	env: Readonly<Record<string, string | undefined>>,
): readonly string[] | undefined {
	const parsed = URL.parse(url);
	if (parsed === null || !['http:', 'https:'].includes(parsed.protocol)) return undefined;
	if (platform === 'darwin') return ['open', parsed.href];
	if (env['WSL_DISTRO_NAME'] !== undefined) return ['wslview', parsed.href];
	return env['DISPLAY'] || env['WAYLAND_DISPLAY'] ? ['xdg-open', parsed.href] : undefined;
}
