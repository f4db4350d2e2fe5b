/** Names servers and clients give to their folders, in 20 languages, for servers without SPECIAL-USE (SYNC-037). */
import type { MailboxRole } from '../../../shared/domain';

type NamedRole = Extract<MailboxRole, 'archive' | 'drafts' | 'sent' | 'trash' | 'junk'>;

/** English (also what most servers create), German, French, Spanish, Italian, Portuguese, Dutch, Swedish, Danish,
 * Norwegian, Finnish, Polish, Czech, Hungarian, Romanian, Greek, Turkish, Russian, Ukrainian, Japanese, Chinese, Korean. */
const NAMES: Readonly<Record<NamedRole, readonly string[]>> = {
  archive: [
    'archive', 'archives', 'archiv', 'archivo', 'archivio', 'arquivo', 'archief', 'arkiv', 'arkisto', 'archiwum',
    'archív', 'archívum', 'arhivă', 'αρχείο', 'arşiv', 'архив', 'архів', 'アーカイブ', '归档', '存档', '보관함',
  ],
  drafts: [
    'drafts', 'draft', 'entwürfe', 'brouillons', 'borradores', 'bozze', 'rascunhos', 'concepten', 'utkast', 'kladder',
    'luonnokset', 'szkice', 'wersje robocze', 'koncepty', 'rozepsané', 'piszkozatok', 'ciorne', 'πρόχειρα', 'taslaklar',
    'черновики', 'чернетки', '下書き', '草稿', '草稿箱', '임시 보관함', '임시보관함',
  ],
  sent: [
    'sent', 'sent items', 'sent messages', 'sent mail', 'gesendet', 'gesendete elemente', 'gesendete objekte', 'envoyés',
    'messages envoyés', 'éléments envoyés', 'enviados', 'elementos enviados', 'inviati', 'posta inviata',
    'posta in uscita inviata', 'itens enviados', 'verzonden', 'verzonden items', 'skickat', 'skickade objekt', 'sendt',
    'sendte elementer', 'sendt post', 'lähetetyt', 'wysłane', 'elementy wysłane', 'odeslané', 'odeslaná pošta',
    'elküldött', 'elküldött elemek', 'trimise', 'απεσταλμένα', 'gönderilmiş öğeler', 'gönderilenler', 'отправленные',
    'надіслані', '送信済み', '送信済みメール', '已发送', '已发送邮件', '寄件備份', '보낸 편지함', '보낸편지함',
  ],
  trash: [
    'trash', 'deleted', 'deleted items', 'deleted messages', 'bin', 'papierkorb', 'gelöschte elemente',
    'gelöschte objekte', 'corbeille', 'éléments supprimés', 'papelera', 'elementos eliminados', 'cestino',
    'posta eliminata', 'lixeira', 'lixo', 'itens excluídos', 'prullenbak', 'verwijderde items', 'papperskorgen',
    'borttagna objekt', 'papirkurv', 'slettet post', 'slettede elementer', 'papirkurven', 'roskakori', 'poistetut',
    'kosz', 'elementy usunięte', 'koš', 'odstraněná pošta', 'kuka', 'lomtár', 'törölt elemek', 'coș de gunoi',
    'elemente șterse', 'κάδος απορριμμάτων', 'διαγραμμένα', 'çöp kutusu', 'silinmiş öğeler', 'корзина', 'удаленные',
    'удалённые', 'кошик', 'видалені', 'ゴミ箱', '削除済みアイテム', '垃圾箱', '已删除', '已删除邮件', '휴지통', '지운 편지함',
  ],
  junk: [
    'junk', 'spam', 'junk e-mail', 'junk email', 'junk mail', 'bulk mail', 'spamverdacht', 'unerwünscht',
    'courrier indésirable', 'indésirables', 'pourriel', 'correo no deseado', 'no deseado', 'posta indesiderata',
    'indesiderata', 'lixo eletrônico', 'correio eletrónico de lixo', 'ongewenste e-mail', 'ongewenst', 'skräppost',
    'uønsket post', 'søppelpost', 'uønsket e-post', 'roskaposti', 'wiadomości-śmieci', 'niechciane', 'nevyžádaná pošta',
    'levélszemét', 'mesaje nedorite', 'ανεπιθύμητα', 'istenmeyen', 'önemsiz e-posta', 'gereksiz', 'спам',
    'нежелательная почта', 'небажана пошта', '迷惑メール', '垃圾邮件', '垃圾郵件', '스팸', '정크 메일', '스팸 편지함',
  ],
};

const ROLE_OF = new Map<string, MailboxRole>(
  (Object.keys(NAMES) as NamedRole[]).flatMap((role) => NAMES[role].map((name) => [normalise(name), role] as const)),
);

/** Compared without case; null for a name that says nothing. */
export function roleByName(name: string): MailboxRole | null {
  return ROLE_OF.get(normalise(name)) ?? null;
}

function normalise(name: string): string {
  return name.normalize('NFC').toLowerCase().trim();
}
