(function(){var data=JSON.parse(atob(window.courseData));document.title=data.course.title})();
