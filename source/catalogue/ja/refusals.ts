// Why something that a person asked for about messages and contacts is not done, and what to do.
export const refusals = {
	noName: '名前として使えません。英字で始まり、a〜z、0〜9、ドット、下線、ハイフンの 1〜32 文字にしてください',
	ownName: 'それは自分の名前です。他の人を選んでください',
	unknownName: (name: string) => `ディレクトリにその名前はありません: ${name}`,
	notInList: (name: string) => `リストに ${name} さんはいません。メッセージを送ると追加されます`,
	blocked: (name: string) => `ブロック中です: ${name}。先に解除してください`,
	keyChanged: (name: string) =>
		`識別鍵が変わりました: ${name}。誰かが傍受しているおそれがあります。${name} さんと安全番号を比べてから verify で新しい鍵を受け入れてください。比べられない場合は trust を使います`,
	keyUnknown: (name: string) => `鍵がまだ不明です: ${name}。先にメッセージをやり取りしてから、安全番号を比べてください`,
	offline: 'ディレクトリに接続できません。接続してからやり直してください',
	tooManySearches: (seconds: number) => `検索の回数が多すぎます。${seconds} 秒後にやり直してください`,
	nickname: (most: number) => `ニックネームは 1〜${most} 文字です`,
	away: (most: number) => `離席の理由は 1〜${most} バイトです`,
	awayEnds:
		'デバイスが 1 台だけの場合、離席は simchat の動作中だけ有効です。画面、tail、ボットのいずれかの動作中に実行してください',
	emptyMessage: '送るものがありません。メッセージが空です',
	longMessage: (bytes: number, most: number) =>
		`メッセージが ${bytes} バイトあります。上限は ${most} バイトです。分けて送ってください`,
	messageGone: 'そのメッセージはもうありません',
	noMessage: (id: string, name: string) =>
		`${name} さんとのメッセージに ${id} はありません。ID は tail --json と search --json に出ます`,
	nowhere: (id: string) => `リストの誰とのメッセージにも ${id} はありません`,
	notOwn: (name: string) => `${name} さんのメッセージです。編集と削除は書いた本人だけができます`,
	noOwnMessage: (id: string) => `自分のメッセージに ${id} はありません。ID は outbox --json に出ます`,
	noFile: 'そのメッセージにファイルはありません',
	longEmoji: '絵文字ではありません。長すぎます',
	wrongAct: (kind: string) => `メッセージに対してできない操作です: ${kind}`,
	timer: 'メッセージが消えるまでの時間は 1 秒〜365 日です',
	longKey: (most: number) => `名前が ${most} 文字を超えているため、記憶しません`,
	longValue: (most: number) => `${most} バイトを超えているため、記憶しません`,
	tooMuch: '記憶しているものが多すぎるため、これは記憶しません',
};
