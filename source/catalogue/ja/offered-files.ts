// How files between people stand, in the conversation and beside it. States, without a capital letter and a stop.

export const offeredFiles = {
	sizes: {
		B: (number: string) => `${number} B`,
		kB: (number: string) => `${number} kB`,
		MB: (number: string) => `${number} MB`,
		GB: (number: string) => `${number} GB`,
		TB: (number: string) => `${number} TB`,
	},
	rate: (size: string) => `${size}/s`,
	percent: (share: string) => `${share}%`,
	left: (duration: string) => `残り${duration}`,
	theirs: {
		offered: '受け取れます: /get',
		offeredEnter: 'Enter で受け取る、x で辞退',
		waiting: (name: string) => `${name} さんのデバイスを待っています`,
		checking: 'すべて届き、確認中',
		saved: (path: string) => `保存先: ${path}`,
		received: '受け取り済み',
		declined: '辞退しました',
	},
	ours: {
		offered: '送信を提案済み',
		accepted: (name: string) => `${name} さんが受け取ります`,
		received: (name: string) => `${name} さんが受け取り済み`,
		declined: (name: string) => `${name} さんが辞退しました`,
	},
	stopped: '中止しました',
	stoppedBy: (name: string) => `${name} さんが中止しました`,
	drop: (file: string, size: string) => `${file} (${size}) を送りますか？`,
	dropMany: (count: number, size: string) => `${count} 個のファイル (${size}) を送りますか？`,
	dropKeys: 'Enter で送信 · Esc で文字',
	line: (file: string, size: string, state: string) => `${file}、${size}: ${state}`,
};
