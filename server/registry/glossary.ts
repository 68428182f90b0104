/**
 * What people look for, in German, French, Spanish and Japanese, as the words of an English description: goals come in many languages, and
 * most skills are described in English. Beginnings of words, but for Japanese, which has no blanks. Data: a concept a line.
 */
const CONCEPTS = `
invoice bill | rechnung | factur | factur recib | 請求書
order purchase | bestell | command | pedid orden | 注文書 発注書
pay paid | bezahl zahl | pay paie payer payé règl regl | pagar pago pagam | 支払
match reconcile compare | abgleich vergleich | compar rapproch | compar cotej concil | 照合 比較
double duplicate | doppel dublett | doublon | duplicad | 重複
webhook events | ereignis | événement evenement | evento | イベント ウェブフック
payment | zahlung | paiement | pago cobro | 決済
spreadsheet excel csv | tabell excel | tableur tableau excel | hoja planilla excel | スプレッドシート エクセル 表計算
report | bericht | rapport | informe reporte | レポート 報告書
automate | automati | automati | automati | 自動化
week weekly | woche wöchent | semaine hebdomad | seman | 週 毎週
month monthly | monat | mois mensuel | mes mensual | 月 毎月
summarise summary | zusammenfass | résum resum synthè synthe | resum | 要約 まとめ
source literature papers | quelle literatur | source littérature articles | fuente literatura | 文献 論文
research study | forschung studie | recherche étude etude | investigación investigacion estudio | 研究
database schema | datenbank | base | base | データベース
migration migrate | migration umstell | migr | migr | 移行 マイグレーション
column table | spalte tabelle | colonne table | columna tabla | 列 テーブル
inbox e-mail messages | postfach e-mail mail posteingang | boîte boite courriel mail | bandeja correo | 受信箱 メール
prioritise triage first | priorisier sortier | prioris tri | prioriz clasific orden | 優先順位 仕分け
task tasks | aufgabe | tâche tache | tarea | タスク 作業
translate translation | übersetz uebersetz | tradui traduc | traduc traduz | 翻訳
letter document text | brief dokument text | lettre document texte | carta documento texto | 手紙 文書
menu | speisekarte karte menü | menu carte | menú menu carta | メニュー 献立
marketing product copy | werbe produkt marketing | produit publicit marketing | producto publicidad marketing | 商品 広告
landing headline page | startseite überschrift seite | page accueil titre | página pagina titular | ページ 見出し
newsletter campaign | rundbrief kampagne | campagne infolettre | boletín boletin campaña | ニュースレター
guide manual tutorial documentation | anleitung handbuch dokumentation | guide manuel tutoriel mode documentation | guía guia manual tutorial documentación | 手順書 マニュアル ガイド
onboarding colleague new | einarbeit neu mitarbeiter kolleg | nouveau arrivant collègue | nuevo compañero emplead | 新人 新入社員
evaluate evaluation measure | bewert mess evaluier | évalu evalu mesur | evalu medir | 評価 測定
prompt model agent | prompt modell agent | prompt modèle modele agent | prompt modelo agente | プロンプト モデル エージェント
incident outage production | ausfall störung produktion vorfall | panne incident production | incidente caída caida producción | 障害 インシデント 本番
slow down alarm | langsam ausgefallen alarm | lent alerte | lento alarma caíd | 遅い ダウン
permissions access rights | berechtigung zugriff recht | permission droit accès acces | permiso acceso derecho | 権限 アクセス
review check | prüf pruef überprüf | vérif verif révis revoir relire | revis comprob verific | 確認 レビュー 見直
leaves team | verlässt team | quitte équipe | deja equipo | 退職 チーム
budget | budget haushalt | budget | presupuesto | 予算 家計
money save | geld spar | argent économ econom épargn | dinero ahorr | お金 貯金 節約
spending costs | ausgabe kosten | dépense depense coût | gasto coste | 支出 費用
trip journey itinerary | reise ausflug | voyage séjour itinéraire | viaje itinerario | 旅行 旅程
holiday | urlaub ferien | vacances | vacaciones | 休暇
meal meals cook | essen mahlzeit koch gericht | repas cuisin | comida cocin plato | 食事 料理 献立
shopping grocery | einkauf | courses achat | compra | 買い物
interview candidates | vorstellungsgespräch bewerb interview kandidat | entretien candidat | entrevista candidat | 面接 候補者
job hires | stelle einstell | poste embauch recrut | puesto contrat | 採用
questions | frage | question | pregunta | 質問
support ticket customer | kunde support ticket | client support ticket | cliente soporte ticket | 顧客 サポート 問い合わせ
complaint angry | beschwerde verärgert wütend | réclamation plainte mécontent fâché | queja reclam enfad enojad | 苦情 クレーム
answer reply | antwort beantwort | répon repon | respond contest respuesta | 返信 返事 回答
release notes changelog | versionshinweis änderungsprotokoll release | version note publication | versión version nota lanzamiento | リリースノート 変更履歴
pull requests merged | pull request | pull request fusionn | pull request fusion | プルリクエスト
changed change changes | änder geändert | chang modif | cambi modific | 変更
contacts records | kontakt datensatz datensätze | contact fiche | contacto registro | 連絡先 名簿
clean tidy | bereinig aufräum säuber | nettoy | limpi depur | 整理 クリーニング
commit message | commit nachricht | commit message | commit mensaje | コミット メッセージ
code diff | code quelltext | code | código codigo | コード
faults errors bugs | fehler | erreur bogue | error fallo | 不具合 バグ エラー
security | sicherheit | sécurité securite | seguridad | セキュリティ
data file import | daten datei import | donnée donnee fichier import | datos fichero archivo import | データ ファイル
profile missing values quality | qualität fehlend werte | qualité manquant valeur | calidad faltan valores | 品質 欠損
minutes meeting transcript | protokoll besprechung sitzung | compte-rendu réunion procès | acta reunión reunion | 議事録 会議
decisions actions | beschlüsse beschluss entscheidung | décision | decision acuerdos | 決定事項
address phone | adresse telefon | adresse téléphone | dirección teléfono | 住所 電話
garden | garten | jardin | jardín jardin | 庭
`;

/** Little words of a request that say nothing of what is wanted. English ones PostgreSQL knows. */
export const SAYS_NOTHING: ReadonlySet<string> = new Set(
  `please want wants need help make give write i we us me my our would like how can get
  bitte ich wir mir mich uns unser unsere unseren unserem unserer mein meine meinen einen eine einem einer ein der die das den dem des und
  oder für fuer mit von zu zum zur im in am an auf aus bei ist sind soll sollen will möchte moechte kann wie was ob damit dass nach vor
  bevor wenn werden wird hilf helfen mach machen brauche als es er sie sich nicht alle jede jeden jeder
  je nous vous moi mon ma mes notre nos votre le la les un une des du de et ou pour avec dans sur est sont veux voudrais peux comment quoi
  que qui ce cette ces à au aux avant après quand aide aider fais faire besoin s il plaît plait en ne pas tous toutes chaque l d
  yo nosotros me mi mis nuestro nuestra nuestros nuestras el los las una unos unas y o para con en es son quiero quisiera puede puedo cómo
  como qué ante antes después cuando ayuda ayudar haz hacer necesito por favor se no todos todas cada del al lo su sus`.split(
    /\s+/,
  ),
);

interface Concept {
  readonly english: readonly string[];
  /** Beginnings of words. */
  readonly stems: readonly string[];
  readonly japanese: readonly string[];
}

const concepts: readonly Concept[] = CONCEPTS.trim()
  .split('\n')
  .map((line) => {
    const [english = [], german = [], french = [], spanish = [], japanese = []] = line
      .split('|')
      .map((part) => part.trim().split(' '));
    return { english, stems: [...german, ...french, ...spanish], japanese };
  });

/** English words for a word of another language; empty: it is none that is known here, or is English. */
export function inEnglish(word: string): readonly string[] {
  return [
    ...new Set(
      concepts.flatMap(({ english, stems, japanese }) =>
        japanese.includes(word) || stems.some((stem) => begins(word, stem)) ? english : [],
      ),
    ),
  ];
}

/** The known words in a run of Japanese, the longest first where one is inside another; empty: there is none. */
export function japaneseWords(run: string): readonly string[] {
  const known = concepts.flatMap(({ japanese }) => japanese).filter((word) => run.includes(word));
  return known.filter((word) => !known.some((other) => other !== word && other.includes(word)));
}

/** Short beginnings stand for whole words: `mes` is a month in Spanish, and `message` is none. */
function begins(word: string, stem: string): boolean {
  return stem.length < 4 ? word === stem : word.startsWith(stem);
}
