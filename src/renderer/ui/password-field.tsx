import { Eye, EyeOff } from 'lucide-react';
import { useState } from 'react';
import { uiStrings } from '../strings/ui';
import { IconButton } from './icon-button';
import { TextField, type TextFieldProps } from './text-field';

/** A password: may be pasted, filled by a password manager and shown (APP-310). */
export function PasswordField(props: Omit<TextFieldProps, 'type' | 'end'>) {
  const [shown, setShown] = useState(false);
  return (
    <TextField
      autoComplete="current-password"
      {...props}
      type={shown ? 'text' : 'password'}
      end={
        <IconButton
          size="small"
          label={shown ? uiStrings.hidePassword : uiStrings.showPassword}
          aria-pressed={shown}
          onPress={() => setShown(!shown)}
        >
          {shown ? <EyeOff /> : <Eye />}
        </IconButton>
      }
    />
  );
}
