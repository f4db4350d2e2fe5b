/** Domains at which anybody can get an address: two people of the same name there have nothing else in common. */
export const ANYBODYS_DOMAINS: ReadonlySet<string> = new Set(
  (
    'gmail.com googlemail.com outlook.com outlook.de outlook.fr hotmail.com hotmail.co.uk hotmail.de hotmail.fr hotmail.it ' +
    'live.com live.de live.fr live.nl msn.com yahoo.com yahoo.co.uk yahoo.co.in yahoo.co.jp yahoo.de yahoo.fr yahoo.es ' +
    'yahoo.it ymail.com rocketmail.com aol.com icloud.com me.com mac.com gmx.com gmx.net gmx.de gmx.at gmx.ch web.de ' +
    'freenet.de t-online.de mail.de posteo.de mailbox.org mail.com email.com proton.me protonmail.com pm.me tutanota.com ' +
    'tuta.com tuta.io fastmail.com hey.com zoho.com mail.ru bk.ru list.ru inbox.ru yandex.ru yandex.com ya.ru rambler.ru ' +
    'qq.com foxmail.com 163.com 126.com yeah.net sina.com sohu.com naver.com daum.net hanmail.net docomo.ne.jp ' +
    'orange.fr free.fr laposte.net sfr.fr wanadoo.fr libero.it virgilio.it alice.it tin.it tiscali.it seznam.cz centrum.cz ' +
    'wp.pl o2.pl onet.pl interia.pl bluewin.ch hispeed.ch ziggo.nl kpnmail.nl telenet.be skynet.be terra.com.br uol.com.br ' +
    'bol.com.br btinternet.com sky.com virginmedia.com comcast.net verizon.net att.net sbcglobal.net cox.net charter.net ' +
    'rogers.com shaw.ca bigpond.com optusnet.com.au rediffmail.com'
  ).split(' '),
);
