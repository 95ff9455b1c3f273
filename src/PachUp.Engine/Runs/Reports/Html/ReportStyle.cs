using System.Security.Cryptography;
using System.Text;

namespace PachUp.Engine.Runs.Reports.Html;

/// <summary>The style sheet of a report, for a screen in the light or dark scheme of its user, and for paper (A4, always light).</summary>
internal static class ReportStyle
{
    /// <summary>The style sheet.</summary>
    public static string Sheet { get; } = string.Concat(
        $":root{{color-scheme:light;{ReportPalette.Variables(pair => pair.Light)}}}\n",
        $"@media screen and (prefers-color-scheme:dark){{:root{{color-scheme:dark;{ReportPalette.Variables(pair => pair.Dark)}}}}}\n",
        Rules,
        string.Concat(ReportPalette.Pairs.Select(pair => $".{pair.Name}{{color:var(--{pair.Name});background:var(--{pair.Name}-back)}}\n"
            + $"svg .{pair.Name}{{background:none;fill:var(--{pair.Name}-back);stroke:var(--{pair.Name})}}svg text.{pair.Name}{{fill:var(--{pair.Name});stroke:none}}\n")),
        Paper);

    /// <summary>The hash of the style sheet, by which the page allows this one and no other.</summary>
    public static string Hash { get; } = $"sha256-{Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(Sheet)))}";

    private const string Rules =
        """
        *{box-sizing:border-box}
        body{margin:0;background:var(--page-back);color:var(--page);font:15px/1.5 system-ui,"Segoe UI","DejaVu Sans",sans-serif}
        main{max-width:1080px;margin:0 auto;padding:24px 20px 64px}
        h1{font-size:24px;line-height:1.3;margin:0 0 16px;overflow-wrap:anywhere}
        h2{font-size:19px;margin:36px 0 10px;padding-top:10px;border-top:1px solid var(--muted)}
        h3{font-size:16px;margin:22px 0 8px}
        p,li,td,dd{overflow-wrap:anywhere}
        .verdict{font-size:18px;margin:0 0 20px;padding:12px 16px;border:1px solid currentColor;border-left-width:8px;border-radius:4px}
        dl{display:grid;grid-template-columns:max-content 1fr;gap:3px 20px;margin:0 0 16px}
        dt{color:var(--muted);max-width:300px;overflow-wrap:anywhere}
        dd{margin:0}
        ul{padding-left:22px;margin:8px 0 16px}
        table{border-collapse:collapse;width:100%;margin:8px 0 16px;font-size:14px}
        th,td{padding:5px 10px 5px 0;text-align:left;vertical-align:top;border-bottom:1px solid var(--gone-back)}
        td.number{white-space:nowrap}
        td:first-child{min-width:17ch}
        tr:has(>td.number:nth-child(2))>td:first-child{min-width:9ch}
        th{border-bottom-color:var(--muted)}
        .number{text-align:right;font-variant-numeric:tabular-nums;padding-right:12px}
        figure{margin:8px 0 16px}
        figure>div{overflow-x:auto}
        figcaption{display:flex;flex-wrap:wrap;gap:6px 10px;margin-top:10px;font-size:13px}
        figcaption span{padding:1px 8px;border:1px solid currentColor;border-radius:3px}
        svg{display:block;font:12px "DejaVu Sans Mono",Consolas,Menlo,monospace}
        .graph svg{font-size:11px}
        .fluid svg{max-width:100%;height:auto}
        svg text{fill:var(--page);stroke:none}
        svg .edge{fill:none;stroke:var(--muted);stroke-width:1.2}
        svg .pause{stroke:var(--muted);stroke-dasharray:3 3}

        """;

    private const string Paper =
        """
        @page{size:A4;margin:14mm}
        @media print{
        body{font-size:10.5pt}
        main{max-width:none;padding:0}
        table{font-size:9pt}
        h2,h3{break-after:avoid}
        tr,li,dt,dd,.verdict{break-inside:avoid}
        figure{break-inside:avoid}
        figure>div{overflow:visible}
        figure svg{max-width:100%;max-height:235mm;height:auto}
        .verdict,figure,figcaption span{print-color-adjust:exact;-webkit-print-color-adjust:exact}
        }

        """;
}
