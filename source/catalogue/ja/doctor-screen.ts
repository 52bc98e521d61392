// The path doctor on the screen; what it finds is in doctor.ts.
export const doctorScreen = {
	title: '経路診断',
	hint: '↑ ↓ スクロール · Esc 閉じる',
	dropped: '破棄',
	noStep: 'なし (異常なし)',
	nothingDropped: '開始以降なし',
};
