import type { WordingRule } from './wording.ts';

/** Orders to ignore, to hide and to send, in languages other than English: verb and object within one sentence, in either order. */
interface Language {
  /** "ignore … the previous instructions". */
  readonly override: RegExp;
  /** "do not tell the user". */
  readonly conceal: RegExp;
  /** "send … the passwords to …". */
  readonly send: RegExp;
}

const AWAY = String.raw`(?:https?:\/\/|webhook|[\w.-]{1,60}@[\w-]{1,60}\.|\b[\w-]{1,40}\.(?:com|net|io|org|example|xyz|ru|dev|app|de|fr|es|cn|jp)\b)`;

const LANGUAGES: readonly Language[] = [
  {
    // German
    override:
      /\b(?:ignorier\w{0,4}|missacht\w{0,4}|vergiss|vergessen|verwirf|umgeh\w{0,4}|übergeh\w{0,4}|überschreib\w{0,4})\b[^.!?]{0,40}(?:vorherig|bisherig|vorig|obig|früher|vorangehend|ursprünglich|system|sicherheits|alle\b|deine)\w{0,12}[^.!?]{0,30}(?:anweisung|instruktion|vorgabe|regel|prompt|befehl|richtlinie)/i,
    conceal:
      /\b(?:sag|sage|sagen|erzähl\w{0,3}|teile|informier\w{0,3}|erwähn\w{0,3}|verrat\w{0,3}|zeig\w{0,3}|melde)\b[^.!?]{0,40}(?:nutzer|benutzer|anwender|user|niemand)\w{0,3}[^.!?]{0,30}\b(?:nichts|nie|niemals|nicht\s{0,3}(?:[.!,]|$|davon|mit))|\b(?:nutzer|benutzer|anwender)\w{0,3}\b[^.!?]{0,20}\b(?:nichts davon|nicht (?:informieren|mitteilen|sagen|verraten|davon erzählen))|\bohne\b[^.!?]{0,30}(?:nutzer|benutzer|anwender)\w{0,3}\b[^.!?]{0,20}(?:informieren|wissen|merkt|zu sagen)|\bverschweig\w{0,3}\b[^.!?]{0,30}(?:nutzer|benutzer|anwender)|\bheimlich\s{1,4}(?:send|schick|lad|hochlad|kopier|speicher|lies|les|führ|instal|über)\w{0,8}/i,
    send: new RegExp(
      String.raw`(?:send|schick|übermittl|lade|leite|poste)\w{0,3}\b[^.!?]{0,80}(?:passw[oö]rt|schlüssel|zugangsdaten|geheimnis|token|umgebungsvariable|cookies|anmeldedaten|api-key)[^.!?]{0,80}${AWAY}`,
      'i',
    ),
  },
  {
    // French
    override:
      /\b(?:ignor(?:e|ez|er)|oubli(?:e|ez|er)|néglige[rz]?|contourne[rz]?|ne (?:suis|suivez) (?:pas|plus))[^.!?]{0,40}(?:instructions?|consignes?|règles?|directives?|prompt|ordres?)[^.!?]{0,40}(?:précédent|antérieur|ci-dessus|système|sécurité|initial|d['’]origine)|\b(?:ignor(?:e|ez|er)|oubli(?:e|ez|er))\s{1,4}(?:toutes? (?:les|tes|vos)|tes|vos|tout ce qui précède)[^.!?]{0,20}(?:instructions?|consignes?|règles?|précède)/i,
    conceal:
      /\bne\b[^.!?]{0,12}\b(?:dis|dites|dire|informe[rz]?|mentionne[rz]?|révèle[rz]?|parle[rz]?|montre[rz]?|préviens|prévenez)\b[^.!?]{0,40}(?:utilisateur|usager|personne)|\bn['’](?:en parle[rz]?|informe[rz]?)\b[^.!?]{0,40}(?:utilisateur|usager|personne)|\b(?:à l['’]insu de|sans (?:en )?(?:informer|prévenir|avertir|le dire à))\b[^.!?]{0,20}utilisateur|\bcache[rz]?\b[^.!?]{0,40}\bà l['’]utilisateur|\bsans que l['’](?:utilisateur|usager)\b[^.!?]{0,20}\b(?:sache|voie|remarque|aperçoive|comprenne)/i,
    send: new RegExp(
      String.raw`(?:envoie|envoyez|envoyer|transmet\w{0,4}|téléverse\w{0,2}|poste[rz]?)\b[^.!?]{0,80}(?:mots? de passe|clés?|identifiants|secrets?|jetons?|cookies|variables d['’]environnement)[^.!?]{0,80}${AWAY}`,
      'i',
    ),
  },
  {
    // Spanish, and Portuguese and Italian, whose words are close
    override:
      /\b(?:ignor[ae]\w{0,2}|olvid[ae]\w{0,2}|desestim\w{0,3}|omit[ae]\w{0,2}|esqueç\w{0,3}|desconsider\w{0,3}|dimentic\w{0,3}|ignorar)\b[^.!?]{0,40}(?:instrucciones|indicaciones|reglas|órdenes|directrices|instruções|regras|istruzioni|regole|prompt)[^.!?]{0,40}(?:anterior|previ|arriba|sistema|acima|precedent|originales|seguridad|segurança|sicurezza)\w{0,6}|\b(?:ignora|olvida|esqueça|dimentica)\s{1,4}(?:todas?|todo|tutte|tutto|tus|suas|le tue)\b[^.!?]{0,30}(?:instrucciones|reglas|instruções|regras|istruzioni|regole|lo anterior)/i,
    conceal:
      /\b(?:no|nunca|não|non|mai)\s{1,4}(?:se lo\s{1,4}|lo\s{1,4}|le\s{1,4}|o\s{1,4}|dirlo\s{1,4})?(?:digas?|dig[ao]|diga|informes?|informe|menciones?|mencione|reveles?|revele|muestres?|avises?|avise|notifiques?|conte|cont[ae]s|dire|dirlo|rivelare|informare|mencionar)\b[^.!?]{0,40}(?:usuari[oa]|utente|nadie|ninguém|nessuno)|\bsin (?:que el usuario|informar al usuario|avisar al usuario|decírselo)|\bsem (?:informar|avisar)\b[^.!?]{0,15}usuário|\ba escondidas\b/i,
    send: new RegExp(
      String.raw`(?:env[ií]a\w{0,3}|env[ií]e\w{0,2}|manda\w{0,2}|sube|transmit\w{0,3}|invia\w{0,2})\b[^.!?]{0,80}(?:contraseñas?|claves?|credenciales|secretos?|tokens?|cookies|variables de entorno|senhas?|chaves?|password)[^.!?]{0,80}${AWAY}`,
      'i',
    ),
  },
  {
    // Russian, Ukrainian
    override:
      /(?:игнорир\p{L}{0,8}|проигнорир\p{L}{0,8}|забудь\p{L}{0,2}|отбрось\p{L}{0,2}|не следуй\p{L}{0,2}|обойди\p{L}{0,2}|ігнору\p{L}{0,4})[^.!?]{0,40}(?:предыдущ|прежн|вышеуказанн|прошл|систем|все\s|всё|попередн|свои)\p{L}{0,8}[^.!?]{0,30}(?:инструкц|указан|правил|команд|промпт|інструкц)/iu,
    conceal:
      /(?:не|никогда)\s{1,4}(?:не\s{1,4})?(?:говори|сообщай|рассказывай|упоминай|показывай|информируй|уведомляй|раскрывай)\p{L}{0,3}[^.!?]{0,40}(?:пользовател|никому|юзер|человек)|(?:тайно|втайне от|без ведома|незаметно для)\s{1,4}\p{L}{0,20}|скрой\p{L}{0,2}[^.!?]{0,30}от пользовател/iu,
    send: new RegExp(
      String.raw`(?:отправ|перешл|загруз|пошл|переда)\p{L}{0,4}[^.!?]{0,80}(?:парол|ключ|токен|секрет|куки|cookie|переменн|учётн|учетн)\p{L}{0,5}[^.!?]{0,80}${AWAY}`,
      'iu',
    ),
  },
  {
    // Japanese
    override:
      /(?:これまで|以前|以上|上記|前述|先|今まで|従来|システム|すべて|全て|全部|元|安全)の?[^。！？]{0,16}(?:指示|命令|プロンプト|ルール|規則|指令|制約|ガイドライン)(?:を|は|に|も|、|など)[^。！？]{0,8}(?:無視|忘れ|破棄|従わ|上書き)/,
    conceal:
      /(?:ユーザー?|利用者|使用者|人間|誰)(?:に|には|へ|にも)[^。！？]{0,24}(?:言わ|伝え|知らせ|教え|見せ|報告し|話さ|通知し|明かさ)(?:ない|ず|るな|てはいけ|ないで|ないこと)|(?:ユーザー?|利用者)に(?:気づかれ|知られ|内緒|秘密|黙って)|こっそり|密かに/,
    send: new RegExp(
      String.raw`(?:パスワード|鍵|キー|認証情報|トークン|環境変数|秘密|クッキー|Cookie)[^。！？]{0,60}${AWAY}[^\s。！？、（]{0,200}\s?(?:に|へ|まで)[^。！？]{0,12}(?:送|アップロード(?:し|する)|転送|投稿(?:し|する))|(?:送信|アップロード|転送)[^。！？]{0,60}(?:パスワード|鍵|認証情報|トークン|環境変数|クッキー)[^。！？]{0,60}${AWAY}`,
      'i',
    ),
  },
  {
    // Chinese, simplified and traditional
    override:
      /(?:忽略|无视|無視|忘记|忘記|忘掉|不要遵守|不再遵循|绕过|繞過|覆盖|跳过)[^。！？]{0,12}(?:之前|先前|以前|以上|上述|前面|此前|所有|一切|系统|系統|原有|你的|安全)[^。！？]{0,12}(?:指令|指示|提示|规则|規則|命令|要求|限制|约束|准则)/,
    conceal:
      /(?:不要|别|別|不得|切勿|千万别|不能|无需|绝不)[^。！？]{0,10}(?:告诉|告訴|告知|通知|提示|透露|提及|提到|显示给|展示给|让|讓)[^。！？]{0,10}(?:用户|用戶|使用者|任何人|人类|他们)|(?:瞒着|瞞著|对用户隐瞒|對用戶隱瞞|不让用户|在用户不知情|偷偷|暗中|悄悄)/,
    send: new RegExp(
      `(?:发送|發送|上传|上傳|传送|提交|转发)[^。！？]{0,40}(?:密码|密碼|密钥|金鑰|令牌|凭证|憑證|环境变量|環境變數|Cookie)[^。！？]{0,60}${AWAY}|(?:密码|密碼|密钥|令牌|凭证|环境变量|Cookie)[^。！？]{0,40}(?:发送|上传|传送|发到|提交)[^。！？]{0,40}${AWAY}`,
      'i',
    ),
  },
  {
    // Korean
    override:
      /(?:이전|위의?|앞선|기존|모든|시스템)[^.!?]{0,12}(?:지시|명령|지침|프롬프트|규칙)[^.!?]{0,12}(?:무시|잊|따르지)/,
    conceal: /(?:사용자|유저)(?:에게|한테)[^.!?]{0,20}(?:말하지|알리지|보여주지|언급하지|밝히지)|몰래/,
    send: new RegExp(
      `(?:비밀번호|키|토큰|자격 증명|환경 변수|쿠키)[^.!?]{0,60}${AWAY}[^.!?]{0,40}(?:전송|업로드|보내)`,
      'i',
    ),
  },
];

/** The same rules for every language. */
export const FOREIGN_RULES: readonly WordingRule[] = LANGUAGES.flatMap(
  ({ override, conceal, send }): readonly WordingRule[] => [
    {
      rule: 'security.injection.override',
      severity: 'critical',
      pattern: override,
      message: 'It tells the agent to ignore what it was told elsewhere.',
      fix: 'Remove the sentence. A skill adds instructions; it does not cancel others.',
      removable: true,
    },
    {
      rule: 'security.injection.conceal',
      severity: 'error',
      pattern: conceal,
      message: 'It tells the agent to hide something from the user.',
      fix: 'Say openly what the skill does.',
      removable: true,
    },
    {
      rule: 'security.secret.send-order',
      severity: 'critical',
      pattern: send,
      message: 'It tells the agent to send secrets away.',
      fix: 'Remove the sentence.',
      removable: true,
    },
  ],
);
