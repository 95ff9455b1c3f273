using System.Collections.Immutable;
using PachUp.Engine.Planning;
using PachUp.Pachyderm;
using PachUp.Sdk;

namespace PachUp.Engine.Tests.Planning;

public sealed class PlanHashTests
{
    [Fact]
    public void WhatACheckFoundOutAboutTheClusters_IsPartOfIt()
    {
        Assert.NotEqual(PlanWith(Warning(isAboutThisMachine: false)).Hash, PlanWith().Hash);
    }

    [Fact]
    public void WhatACheckFoundOutAboutTheMachine_IsNot_SinceAnotherOneMayCarryThePlanOut()
    {
        Assert.Equal(PlanWith(Warning(isAboutThisMachine: true)).Hash, PlanWith().Hash);
    }

    private static Finding Warning(bool isAboutThisMachine) =>
        new("clock", "Is it late?", CheckResult.Warning("it is late", "Go to bed."), Accepted: false) { IsAboutThisMachine = isAboutThisMachine };

    private static PlanPreview PlanWith(params ImmutableArray<Finding> findings) => new()
    {
        PlanName = "plan",
        Description = "",
        PlanSha256 = new string('a', 64),
        Source = new ClusterFacts("old:30650", "--source", "external", new Release(1, 8, 7), "0f3a", Contents: null),
        Target = new ClusterFacts("new:30650", "--target", "external", new Release(1, 9, 0), "77b1", Contents: null),
        IsInPlace = false,
        TargetRelease = new Release(1, 9, 0),
        Findings = findings,
    };
}
