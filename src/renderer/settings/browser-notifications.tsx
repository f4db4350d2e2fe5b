import { useState } from 'react';
import { settingsStrings } from '../strings/settings';
import { Switch } from '../ui/switch';
import styles from './setting.module.css';

interface BrowserNotificationsProps {
  readonly on: boolean;
  onChange(on: boolean): void;
}

/**
 * The switch of notifications where a browser shows them (APP-394): what the user wants and what the browser allows
 * both count, and only switching it on asks the browser.
 */
export function BrowserNotifications({ on, onChange }: BrowserNotificationsProps) {
  const [allowed, setAllowed] = useState(permission);
  const { label, blocked } = settingsStrings.notify;
  const change = async (wanted: boolean) => {
    if (wanted && permission() === 'default') await Notification.requestPermission();
    setAllowed(permission());
    onChange(wanted && permission() === 'granted');
  };
  return (
    <>
      <Switch
        label={label}
        labelHidden
        isSelected={on && allowed === 'granted'}
        isDisabled={allowed === 'denied'}
        onChange={(wanted) => void change(wanted)}
      />
      {allowed === 'denied' ? <p className={styles.text}>{blocked}</p> : null}
    </>
  );
}

/** What this browser lets this page do; one without notifications blocks them. */
function permission(): NotificationPermission {
  return typeof Notification === 'undefined' ? 'denied' : Notification.permission;
}
