export interface Config {
  fettle?: {};
}
