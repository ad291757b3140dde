import { foldText } from '../confusables';
import { type OrderRule, order } from '../rule';

/** `Ignore the previous instructions` in languages that put blanks between words. Accents are folded away on both sides. */
export const languages: readonly OrderRule[] = [
  // German
  order(
    'override',
    'ignoriere ignorier ignoriert ignorieren vergiss vergesst vergessen missachte missachten verwerfe verwirf übergehe überschreibe',
    '( (sie|bitte|ab|jetzt|sofort|nun|alle|alles|sämtliche|jegliche|die|deine|ihre|eure|diese|meine|von)){0,5} (bisherigen|vorherigen|vorigen|obigen|früheren|vorangegangenen|vorangehenden|vorhergehenden|ursprünglichen|zuvor|oben|vorher|system|deine|ihre)( (gegebenen|genannten|erteilten|erhaltenen|stehenden|und|oder)){0,2} (anweisungen|anweisung|instruktionen|befehle|vorgaben|anordnungen|regeln|aufforderungen|richtlinien|prompts?|systemanweisungen)',
  ),
  order(
    'override',
    'befolge beachte',
    ' (nicht|keine)( (mehr|die|deine|der)){0,3} (bisherigen|vorherigen|vorigen|obigen|früheren|ursprünglichen) (anweisungen|instruktionen|befehle|vorgaben|regeln)',
  ),
  order(
    'override',
    'ignoriere vergiss ignorieren',
    ' (alles|sie alles)[, ](was (dir|ihnen|oben|vorher|zuvor|bisher|davor))~4',
  ),
  order(
    'role',
    'du sie',
    ' (bist|sind) (jetzt|nun|ab jetzt|ab sofort|von nun an) (ein|eine|kein|keine|nicht mehr|der|die)~4 (ki|assistent|assistenz|agent|modell|chatbot|bot|hacker|entwicklermodus|eingeschränkt|uneingeschränkte?r?)',
  ),
  order(
    'secrecy',
    'sage sag sagen erzähle verrate verraten informiere informieren',
    '( sie)?( (dem|den|der))? (nutzer|benutzer|anwender|menschen|benutzerin)( (nichts|nicht|davon nichts|kein wort))',
  ),
  order(
    'secrecy',
    'ohne',
    ' (es |dies |das )?(dem|den) (nutzer|benutzer|anwender) (zu (sagen|fragen|informieren)|davon zu erzählen|zu benachrichtigen|mitzuteilen)',
  ),
  // French
  order(
    'override',
    'ignore ignorez ignorer oublie oubliez oublier néglige négligez',
    '( (donc|maintenant|toutes|tous|tout|les|tes|vos|ces|mes|de|des|ton|votre)){0,5} (précédentes |anciennes |antérieures )?(instructions|consignes|directives|ordres|règles|commandes)( (système|et|ou|règles|consignes|qui|données|reçues|vous|ont|été|t)){0,5} (précédente?s?|antérieure?s?|ci dessus|préalables|plus haut|initiales|avant|auparavant|d origine|dorigine|reçues)',
  ),
  order(
    'override',
    'ignore ignorez oublie oubliez',
    '( (toutes|tous|les|tes|vos)){1,3} (précédentes|anciennes|antérieures) (instructions|consignes|directives|ordres|règles)',
  ),
  order(
    'override',
    'ne',
    ' (tiens|tenez|tenir) (pas|plus|aucun) compte( (de|des|toutes|les|tes|vos)){1,4} (instructions|consignes|directives|ordres|règles)( (précédentes|antérieures|ci dessus))?',
  ),
  order(
    'override',
    'faites fais',
    ' abstraction( (de|des|toutes|les|tes|vos)){1,4} (instructions|consignes|directives|ordres|règles)( (précédentes|antérieures|ci dessus))?',
  ),
  order(
    'secrecy',
    'ne',
    ' (dis|dites|révèle|révélez|mentionne|mentionnez)( (le|rien|pas|cela|ceci|en)){1,3}( (à|a))? (l)?(utilisateur|utilisateurs|usager)',
  ),
  order(
    'role',
    'tu vous',
    ' (es|êtes) (maintenant|désormais|dorénavant) (une?|l)~3 ?(ia|assistant|agent|modèle|chatbot|hacker|pirate|intelligence|sans)',
  ),
  // Spanish
  order(
    'override',
    'ignora ignore ignorar ignorad olvida olvide olvidar olvidad descarta descarte desatiende desatienda omite omita',
    '( (por|favor|de|todas?|todos?|lo|las?|los|tus|sus|mis|estas|cualquier)){0,5} (instrucciones|instrucción|órdenes|indicaciones|directrices|reglas|comandos|directivas)( (que|te|se|han|dado|del|sistema|y|o|reglas)){0,5} (anteriore?s?|previa?s|previo|precedentes|de arriba|originales|iniciales|dadas|recibidas)',
  ),
  order(
    'override',
    'ignora ignore olvida olvide',
    '( (todas|todos|las|los|tus|sus)){1,3} (anteriores|previas) (instrucciones|órdenes|indicaciones|directrices|reglas)',
  ),
  order(
    'override',
    'haz haga hagan',
    ' caso omiso( (de|a|todas|las|tus|sus)){1,4} (instrucciones|órdenes|indicaciones|directrices|reglas)',
  ),
  order(
    'secrecy',
    'no',
    ' (le |se lo )?(digas|diga|reveles|revele|menciones|mencione|informes|informe)( (nada|esto|de|lo))*( al) (usuario|humano)',
  ),
  order('role', 'ahora', ' eres (una?|el|la)~3 ?(ia|asistente|agente|modelo|hacker|sin restricciones)'),
  order(
    'secrecy',
    'não non',
    ' (informar|informe|avise|avisar|diga|conte|notifique|dire|informare|avvisare|rivelare)( (nada|isso|nulla|niente|sobre isso))* (o|ao|a|al|all)?( )?(usuário|utilizador|utente|lutente|allutente)',
  ),
  // Portuguese, Italian, Dutch, Polish, Turkish
  order(
    'override',
    'ignore ignora ignorar esqueça esquece esquecer desconsidere desconsidera despreze',
    '( (todas?|todos?|as|os|suas|tuas|seus|quaisquer|de)){0,4} (instruções|ordens|orientações|diretrizes|regras|comandos)( (que|do|sistema|e|dadas)){0,4} (anteriores|prévias|acima|precedentes|originais|iniciais|recebidas)',
  ),
  order(
    'override',
    'ignora ignorate ignori ignorare dimentica dimenticate trascura scarta',
    '( (tutte|tutti|le|gli|i|tue|tuoi|queste|di)){0,4} (precedenti )?(istruzioni|indicazioni|direttive|ordini|regole|comandi)( (precedenti|sopra|di cui sopra|ricevute|iniziali|del sistema|di sistema|date|fornite))',
  ),
  order(
    'override',
    'ignora ignorate dimentica dimenticate',
    '( (tutte|tutti|le|gli|i|tue|tuoi)){1,3} (precedenti|vecchie) (istruzioni|indicazioni|direttive|ordini|regole)',
  ),
  order(
    'override',
    'negeer vergeet',
    '( (alle|al|de|je|uw|jouw|deze)){0,4} (vorige|voorgaande|eerdere|bovenstaande|voorafgaande|oorspronkelijke) (instructies|opdrachten|aanwijzingen|regels|bevelen)',
  ),
  order(
    'override',
    'zignoruj ignoruj zapomnij pomiń',
    '( (o|wszystkie|wszystkich|swoje|te)){0,3} (poprzednie|poprzednich|wcześniejsze|wcześniejszych|powyższe|powyższych) (instrukcje|instrukcjach|polecenia|poleceniach|wytyczne|zasady)',
  ),
  order(
    'override',
    'önceki yukarıdaki',
    '( (tüm|bütün))? (talimatları|talimatlari|komutları|yönergeleri)( tamamen)? (yok say|yoksay|unut|dikkate alma|göz ardı et|görmezden gel)',
  ),
  // Russian, Ukrainian
  order(
    'override',
    'игнорируй игнорируйте проигнорируй проигнорируйте забудь забудьте отбрось отмени отмените',
    '( (все|всё|о|обо|об|всех|любые|эти|свои|твои|мои|ваши|пожалуйста|данные|тебе|ранее|и)){0,5} (предыдущие|предыдущих|прошлые|прошлых|прежние|прежних|вышеуказанные|вышестоящие|ранее|предшествующие|изначальные|системные|исходные)( (данные|полученные|все|и|системные)){0,2} (инструкции|инструкциях|указания|указаниях|команды|командах|правила|правилах|приказы|промпты|сообщения)',
  ),
  order(
    'override',
    'не',
    ' обращай(те)? внимани[ея] на( (все|любые))? (предыдущие|прошлые|прежние|вышеуказанные) (инструкции|указания|команды|правила)',
  ),
  order(
    'override',
    'ігноруй ігноруйте проігноруй забудь',
    '( (всі|усі|про|твої))* (попередні|минулі) (інструкції|вказівки|команди|правила)',
  ),
  order(
    'secrecy',
    'не',
    ' (говори|говорите|сообщай|сообщайте|рассказывай|рассказывайте|упоминай)( (об|о|этом|это|ничего))* (пользователю|человеку)',
  ),
  order('role', 'теперь', ' ты~3 (ассистент|агент|модель|хакер|бот|ии|администратор)'),
  // Swedish, Norwegian, Danish, Czech, Romanian, Indonesian, Vietnamese, Greek
  order(
    'override',
    'ignorera ignorer ignorér glöm glem strunta bortse',
    '( (i|från|om|fra|bort|alla|alle|dina|dine|de|det))* (tidigare|föregående|tidligere|forrige|foregående|ovanstående) (instruktioner|instruksjoner|instruktionerne|anvisningar|anvisninger|instrukser|regler)',
  ),
  order(
    'override',
    'ignoruj ignorujte zapomeň zapomeňte',
    '( (na|všechny|všechna|veškeré|své))* (předchozí|dosavadní|předešlé) (pokyny|instrukce|příkazy|pravidla)',
  ),
  order(
    'override',
    'ignoră ignorați uită',
    '( (toate|orice))? (instrucțiunile|comenzile|regulile)( (anterioare|precedente|de mai sus))',
  ),
  order(
    'override',
    'abaikan lupakan',
    '( (semua|seluruh))? (instruksi|perintah|petunjuk|aturan)( (yang))? (sebelumnya|di atas|terdahulu)',
  ),
  order('override', 'bỏ', ' qua( (mọi|tất cả|các|những))* (hướng dẫn|chỉ dẫn|lệnh|chỉ thị)( (trước|ở trên|phía trên))'),
  order('override', 'αγνόησε αγνοήστε ξέχασε', '( (όλες|τις|όλα))* (προηγούμενες|παραπάνω) (οδηγίες|εντολές)'),
  // Arabic, Hebrew, Hindi
  order(
    'override',
    'تجاهل تجاهلي انس انسَ',
    '( (جميع|كل|كافة|كلّ))? (التعليمات|الأوامر|الإرشادات|القواعد|تعليماتك)( (السابقة|أعلاه|السابقه))',
  ),
  order('override', 'התעלם התעלמו שכח', ' (מכל|מ|את כל|מן)?( )?(ההוראות|הוראות|ההנחיות)( (הקודמות|שלמעלה))'),
  order(
    'override',
    'पिछले पिछली पूर्व',
    '( (सभी|सब|सारे|सारी))? (निर्देशों|निर्देश|आदेशों|हिदायतों)( (को|की))? (अनदेखा|नज़रअंदाज़|नजरअंदाज|भूल|उपेक्षा)',
  ),
];

/** A pattern over text without blanks between words; `.` stands for what does not end a sentence. */
const han = (source: string): RegExp => new RegExp(foldText(source), 'g');

/** Chinese, Japanese and Korean, in which a word has no edges to look for. */
export const unspaced: readonly RegExp[] = [
  han(
    '(忽略|无视|無視|忽视|忽視|忘记|忘記|忘掉|抛弃|丢弃|丟棄|不要理会|不要理會|不要遵循|不再遵循|停止遵循|覆盖|绕过)[^.\n]{0,12}(之前|以前|先前|此前|上述|以上|前面|上面|前述|先前的|所有|一切|全部|原有|原来|系统|系統|你的|您的)[^.\n]{0,10}(指令|指示|提示词|提示詞|系统提示|系統提示|命令|规则|規則|设定|設定|限制|约束)',
  ),
  han('(忘记|忘記|忽略|无视)[^.\n]{0,6}(之前|以上|上面)[^.\n]{0,6}(所有内容|所有內容|说的一切|的一切)'),
  han(
    '(不要|别|別|请勿|請勿|切勿|不得)(把|将)?[^.\n]{0,8}(告诉|告訴|告知|通知|透露给|提及给|向)[^.\n]{0,4}(用户|用戶|使用者)',
  ),
  han('(用户|用戶|使用者)(已经|已經|已)(批准|授权|授權|同意|允许|允許|确认|確認)[^.\n]{0,6}(此|该|該|这|這|所有|本)'),
  han(
    '(你现在|你現在|从现在起[ ,]?你|從現在起[ ,]?你|现在你)(是|将是|將是|要扮演|扮演)[^.\n]{0,16}(ai|助手|助理|模型|机器人|機器人|黑客|开发者模式|没有限制|不受限)',
  ),
  han(
    '(これまで|今まで|以前|前|上記|上|先ほど|先程|全て|すべて|既存|システム)の?[^.\n]{0,12}(指示|命令|指令|プロンプト|ルール|指図|制約)(事項)?[^.\n]{0,4}(を|は)[^.\n]{0,6}(無視|忘れ|破棄|従わな|取り消)',
  ),
  han(
    '(ユーザー|ユーザ|利用者)(に|へ)(は)?[^.\n]{0,8}(言わな|伝えな|知らせな|教えな|報告しな|話さな|通知しな)(い|いで|いこと)',
  ),
  han('(あなた|君)は(今|いま|これ)から[^.\n]{0,16}(ai|アシスタント|エージェント|モデル|ハッカー|ボット)'),
  han(
    '(이전|위|앞|지금까지|기존|모든)(의|에)?[^.\n]{0,14}(지시|지시사항|명령|지침|프롬프트|규칙)[^.\n]{0,6}(무시|잊어|잊으|따르지)',
  ),
  han('사용자(에게|한테)[^.\n]{0,10}(말하지|알리지|전하지)'),
];
