export const appStrings = {
  name: 'Homeport',
};
