import type { PluginOption, UserConfig } from "vite";
/**
 * The Vite configuration of a dashboard.
 * @param name the path it is served at, without slashes: "parent" is served at /parent/
 * @param plugins those that read sources: the router's first, then React's and Tailwind's
 */
export declare function dashboard(name: string, plugins: PluginOption[]): UserConfig;
