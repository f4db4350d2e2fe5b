import { Eye, EyeOff } from 'lucide-react';
import { useState } from 'react';
import { uiStrings } from '../strings/ui';
import { IconButton } from './icon-button';
import { TextField, type TextFieldProps } from './text-field';

interface PasswordFieldProps extends Omit<TextFieldProps, 'type' | 'end'> {
  /** Whose password it is, where no field of the form says so: password managers look for it. */
  readonly userName?: string | undefined;
}

/** A password: may be pasted, filled by a password manager and shown (APP-310). */
export function PasswordField({ userName, ...props }: PasswordFieldProps) {
  const [shown, setShown] = useState(false);
  return (
    <>
      {userName === undefined ? null : (
        <input type="text" name="username" autoComplete="username" value={userName} readOnly hidden />
      )}
      <TextField
        autoComplete="current-password"
        name="password"
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
    </>
  );
}
