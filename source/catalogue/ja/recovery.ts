// 復元用の単語。作ることと、すべての端末を失ったときにそれで入ること。
export const recovery = {
	usage: '使い方: simchat recover LINK --name NAME、または simchat recover --make|--remove',
	unknownWord: (place: number) => `${place} 番目の単語は一覧にありません。綴りを確かめてください。単語は英語です`,
	wordCount: (count: number) => `復元用の単語は 24 個ですが、これは ${count} 個です`,
	checksum:
		'どの単語も一覧にありますが、合わせると復元用の単語になりません。読み違えた単語か、入れ替わった単語を探してください',
	notHeld: (name: string, place: string) =>
		`${place} の ${name} の復元用の単語ではありません。別のアカウントのものか、取り除かれたものか、またはサーバーがこのアカウントのものでない端末一覧を見せています。何も送っていません`,
	badLog: (place: string, flaw: string) =>
		`${place} が見せる端末一覧は正しくありません (${flaw})。何も信用しません。管理者に尋ねてください`,
	full: 'アカウントにはもう端末を入れる場所がありません。失った端末を失ったと答えるか、管理者にリセットを頼んでください',
	cut: 'この端末が入る前に接続が切れました。同じ単語でもう一度試してください',
	noRoom: '端末の中に復元用の単語の場所がありません。先に端末を一つ取り除いてください',
	keeperMakesNone: 'keeper は復元用の単語を作りません。別の端末で作ってください',
	notTaken: 'サーバーが復元用の単語を受け取りませんでした。この単語は役に立ちません。もう一度試してください',
	offline: 'サーバーに届きません。接続してからもう一度試してください',
	thereAlready: (when: string) => `復元用の単語はすでにあります (${when} に作成)。新しいものと並んで使えます`,
	copy: (name: string) =>
		`${name} の復元用の単語です。この順に紙に書き写してください。見せるのはこの一度だけです。これとパスワードを持つ人は、あなたとして入れます。`,
	enterGoesOn: '紙に書いたら Enter を押してください: ',
	askWord: (place: number, all: number) => `${all} 個中 ${place} 番目の単語: `,
	otherWord: '別の単語でした。もう一度見てください。',
	made: (name: string) =>
		`${name} に復元用の単語ができました。すべての端末を失ったとき、simchat recover がこれとパスワードとサーバーのリンクを求めます`,
	noTerminal: '復元用の単語は端末画面にだけ表示しますが、端末画面がありません',
	typeWords: '復元用の単語を一つずつ、またはまとめて入力してください。Enter だけで一つ戻ります。',
	nobodyToAsk: '単語を尋ねる端末画面がありません。--password-stdin では標準入力の 2 行目が単語です',
	roles: {device: '端末', keeper: 'keeper'},
	askLost: (role: string, id: string, when: string) =>
		`失ったので取り除きますか: ${role} ${id} (${when} に追加)。yes または はい と入力: `,
	stays: (role: string, id: string, when: string) => `残ります: ${role} ${id} (${when} に追加)`,
	notAllRemoved: '失った端末の一部が残っています。simchat devices で確かめ、そこで取り除いてください',
	title: '復元用の単語',
	copyHint: 'Enter: 紙に書いた · Esc: やめる',
	askHint: 'Enter: 次へ · Esc: やめる',
	wait: 'サーバーに尋ねています。',
	tooSmall: 'ウィンドウを大きくしてください。24 個の単語が入りません。',
	notInLines:
		'ここに表示したものは端末画面に残ります。別に simchat recover --make を実行してください。単語を一度だけ表示します',

	// Taking words away: lines, then title, sentence and keys of the screen.
	notRemoved: 'サーバーが削除を受け付けませんでした。もう一度試してください',
	notOfThisAccount: (name: string) =>
		`これはもう ${name} の復元用の単語ではありません。別のアカウントのものか、すでに削除されています`,
	removed: 'この復元用の単語を削除しました。もう誰もこれでは入れません',
	removeTitle: '復元用の単語を削除',
	removeWords: '無効にする 24 の単語を入力してください。ほかの単語は残ります。',
	removeHint: 'Enter 削除 · Esc やめる',
};
