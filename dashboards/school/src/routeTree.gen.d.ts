import { Route as rootRouteImport } from "./routes/__root";
import { Route as SignedInRouteImport } from "./routes/_signed-in";
import { Route as SignInRouteImport } from "./routes/sign-in";
import { Route as SignedInIndexRouteImport } from "./routes/_signed-in/index";
declare const SignedInRoute: import("@tanstack/router-core").Route<import("@tanstack/react-router").Register, import("@tanstack/react-router").RootRoute<import("@tanstack/react-router").Register, undefined, {}, import("@tanstack/router-core").AnyContext, import("@tanstack/router-core").AnyContext, {}, undefined, unknown, unknown, unknown, unknown, undefined>, "", "/", "/_signed-in", "/_signed-in", undefined, import("@tanstack/router-core").ResolveParams<"">, import("@tanstack/router-core").AnyContext, import("@tanstack/router-core").AnyContext, ({ location }: import("@tanstack/router-core").BeforeLoadContextOptions<import("@tanstack/react-router").Register, import("@tanstack/react-router").RootRoute<import("@tanstack/react-router").Register, undefined, {}, import("@tanstack/router-core").AnyContext, import("@tanstack/router-core").AnyContext, {}, undefined, unknown, unknown, unknown, unknown, undefined>, undefined, import("@tanstack/router-core").ResolveParams<"">, import("@tanstack/router-core").AnyContext, import("@tanstack/router-core").AnyContext, "/_signed-in", unknown, undefined>) => void, {}, typeof import("@lentera/dashboard-kit").prefetchViewer, unknown, unknown, unknown, unknown, undefined>;
declare const SignInRoute: import("@tanstack/router-core").Route<import("@tanstack/react-router").Register, import("@tanstack/react-router").RootRoute<import("@tanstack/react-router").Register, undefined, {}, import("@tanstack/router-core").AnyContext, import("@tanstack/router-core").AnyContext, {}, undefined, unknown, unknown, unknown, unknown, undefined>, "/sign-in", "/sign-in", "/sign-in", "/sign-in", ({ next }: Record<string, unknown>) => import("./routes/sign-in").Search, import("@tanstack/router-core").ResolveParams<"/sign-in">, import("@tanstack/router-core").AnyContext, import("@tanstack/router-core").AnyContext, ({ search }: import("@tanstack/router-core").BeforeLoadContextOptions<import("@tanstack/react-router").Register, import("@tanstack/react-router").RootRoute<import("@tanstack/react-router").Register, undefined, {}, import("@tanstack/router-core").AnyContext, import("@tanstack/router-core").AnyContext, {}, undefined, unknown, unknown, unknown, unknown, undefined>, ({ next }: Record<string, unknown>) => import("./routes/sign-in").Search, import("@tanstack/router-core").ResolveParams<"/sign-in">, import("@tanstack/router-core").AnyContext, import("@tanstack/router-core").AnyContext, "/sign-in", unknown, undefined>) => void, {}, undefined, unknown, unknown, unknown, unknown, undefined>;
declare const SignedInIndexRoute: import("@tanstack/router-core").Route<import("@tanstack/react-router").Register, import("@tanstack/router-core").Route<import("@tanstack/react-router").Register, import("@tanstack/react-router").RootRoute<import("@tanstack/react-router").Register, undefined, {}, import("@tanstack/router-core").AnyContext, import("@tanstack/router-core").AnyContext, {}, undefined, unknown, unknown, unknown, unknown, undefined>, "", "/", "/_signed-in", "/_signed-in", undefined, import("@tanstack/router-core").ResolveParams<"">, import("@tanstack/router-core").AnyContext, import("@tanstack/router-core").AnyContext, ({ location }: import("@tanstack/router-core").BeforeLoadContextOptions<import("@tanstack/react-router").Register, import("@tanstack/react-router").RootRoute<import("@tanstack/react-router").Register, undefined, {}, import("@tanstack/router-core").AnyContext, import("@tanstack/router-core").AnyContext, {}, undefined, unknown, unknown, unknown, unknown, undefined>, undefined, import("@tanstack/router-core").ResolveParams<"">, import("@tanstack/router-core").AnyContext, import("@tanstack/router-core").AnyContext, "/_signed-in", unknown, undefined>) => void, {}, typeof import("@lentera/dashboard-kit").prefetchViewer, unknown, unknown, unknown, unknown, undefined>, "/", "/", "/_signed-in/", "/_signed-in/", ({ class: classId, view }: Record<string, unknown>) => import("./routes/_signed-in/index").Search, import("@tanstack/router-core").ResolveParams<"/">, import("@tanstack/router-core").AnyContext, import("@tanstack/router-core").AnyContext, import("@tanstack/router-core").AnyContext, {
    classId: string | undefined;
}, ({ deps: { classId } }: import("@tanstack/router-core").LoaderFnContext<import("@tanstack/react-router").Register, import("@tanstack/router-core").Route<import("@tanstack/react-router").Register, import("@tanstack/react-router").RootRoute<import("@tanstack/react-router").Register, undefined, {}, import("@tanstack/router-core").AnyContext, import("@tanstack/router-core").AnyContext, {}, undefined, unknown, unknown, unknown, unknown, undefined>, "", "/", "/_signed-in", "/_signed-in", undefined, import("@tanstack/router-core").ResolveParams<"">, import("@tanstack/router-core").AnyContext, import("@tanstack/router-core").AnyContext, ({ location }: import("@tanstack/router-core").BeforeLoadContextOptions<import("@tanstack/react-router").Register, import("@tanstack/react-router").RootRoute<import("@tanstack/react-router").Register, undefined, {}, import("@tanstack/router-core").AnyContext, import("@tanstack/router-core").AnyContext, {}, undefined, unknown, unknown, unknown, unknown, undefined>, undefined, import("@tanstack/router-core").ResolveParams<"">, import("@tanstack/router-core").AnyContext, import("@tanstack/router-core").AnyContext, "/_signed-in", unknown, undefined>) => void, {}, typeof import("@lentera/dashboard-kit").prefetchViewer, unknown, unknown, unknown, unknown, undefined>, "/_signed-in/", import("@tanstack/router-core").ResolveParams<"/">, {
    classId: string | undefined;
}, import("@tanstack/router-core").AnyContext, import("@tanstack/router-core").AnyContext, import("@tanstack/router-core").AnyContext, unknown, undefined>) => void, unknown, unknown, unknown, unknown, undefined>;
export interface FileRoutesByFullPath {
    "/": typeof SignedInIndexRoute;
    "/sign-in": typeof SignInRoute;
}
export interface FileRoutesByTo {
    "/sign-in": typeof SignInRoute;
    "/": typeof SignedInIndexRoute;
}
export interface FileRoutesById {
    __root__: typeof rootRouteImport;
    "/_signed-in": typeof SignedInRouteWithChildren;
    "/sign-in": typeof SignInRoute;
    "/_signed-in/": typeof SignedInIndexRoute;
}
export interface FileRouteTypes {
    fileRoutesByFullPath: FileRoutesByFullPath;
    fullPaths: "/" | "/sign-in";
    fileRoutesByTo: FileRoutesByTo;
    to: "/sign-in" | "/";
    id: "__root__" | "/_signed-in" | "/sign-in" | "/_signed-in/";
    fileRoutesById: FileRoutesById;
}
export interface RootRouteChildren {
    SignedInRoute: typeof SignedInRouteWithChildren;
    SignInRoute: typeof SignInRoute;
}
declare module "@tanstack/react-router" {
    interface FileRoutesByPath {
        "/_signed-in": {
            id: "/_signed-in";
            path: "";
            fullPath: "/";
            preLoaderRoute: typeof SignedInRouteImport;
            parentRoute: typeof rootRouteImport;
        };
        "/sign-in": {
            id: "/sign-in";
            path: "/sign-in";
            fullPath: "/sign-in";
            preLoaderRoute: typeof SignInRouteImport;
            parentRoute: typeof rootRouteImport;
        };
        "/_signed-in/": {
            id: "/_signed-in/";
            path: "/";
            fullPath: "/";
            preLoaderRoute: typeof SignedInIndexRouteImport;
            parentRoute: typeof SignedInRoute;
        };
    }
}
interface SignedInRouteChildren {
    SignedInIndexRoute: typeof SignedInIndexRoute;
}
declare const SignedInRouteChildren: SignedInRouteChildren;
declare const SignedInRouteWithChildren: import("@tanstack/router-core").Route<import("@tanstack/react-router").Register, import("@tanstack/react-router").RootRoute<import("@tanstack/react-router").Register, undefined, {}, import("@tanstack/router-core").AnyContext, import("@tanstack/router-core").AnyContext, {}, undefined, unknown, unknown, unknown, unknown, undefined>, "", "/", "/_signed-in", "/_signed-in", undefined, import("@tanstack/router-core").ResolveParams<"">, import("@tanstack/router-core").AnyContext, import("@tanstack/router-core").AnyContext, ({ location }: import("@tanstack/router-core").BeforeLoadContextOptions<import("@tanstack/react-router").Register, import("@tanstack/react-router").RootRoute<import("@tanstack/react-router").Register, undefined, {}, import("@tanstack/router-core").AnyContext, import("@tanstack/router-core").AnyContext, {}, undefined, unknown, unknown, unknown, unknown, undefined>, undefined, import("@tanstack/router-core").ResolveParams<"">, import("@tanstack/router-core").AnyContext, import("@tanstack/router-core").AnyContext, "/_signed-in", unknown, undefined>) => void, {}, typeof import("@lentera/dashboard-kit").prefetchViewer, SignedInRouteChildren, unknown, unknown, unknown, undefined>;
export declare const routeTree: import("@tanstack/router-core").Route<import("@tanstack/react-router").Register, any, "/", "/", string, "__root__", undefined, {}, {}, import("@tanstack/router-core").AnyContext, import("@tanstack/router-core").AnyContext, {}, undefined, RootRouteChildren, FileRouteTypes, unknown, unknown, undefined>;
export {};
