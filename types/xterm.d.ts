// The addons of xterm name the package for browsers; here they are for the one without a screen.
declare module '@xterm/xterm' {
	export type {ITerminalAddon, Terminal} from '@xterm/headless';
}
